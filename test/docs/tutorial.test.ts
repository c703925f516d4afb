import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { type } from "../cli/world.ts";
import { tempDir } from "../helpers.ts";

/** What is typed, and what the page says is printed. */
interface Step {
  readonly typed: string;
  readonly printed: string;
}

/** `$ cat > f <<'END'` goes on to its END. */
function stepsOf(text: string): Step[] {
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  return blocks
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((step) => {
      const [, typed = "", printed = ""] = /^([^\n]*<<'END'\n.*?^END|[^\n]*)\n(.*)$/ms.exec(step) ?? [];
      return { typed, printed };
    });
}

/** What a test's world adds to a command, and what differs from run to run. */
const plain = (text: string): string =>
  text
    .replaceAll(/ --(?:archive data|out site)\b/g, "")
    .replaceAll(/\d+(?:\.\d)? s$/gm, "some s")
    .replaceAll(/git:\S*pages\.git/g, "git:pages.git");

async function outputOf(typed: string, cwd: string): Promise<string> {
  const words = /^npx chatscribe (.*)$/.exec(typed)?.[1];
  if (words === undefined) return execFileSync("sh", ["-c", typed], { cwd, encoding: "utf8" });
  const args = (words.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const out = ["build", "publish"].includes(args[0] ?? "") ? ["--out", "site"] : [];
  const lines: string[] = [];
  const now = (): number => Date.parse("2026-11-04T09:00:00Z");
  const seen = { out: (text: string) => void lines.push(text), err: (text: string) => void lines.push(text) };
  await type([...args, "--archive", "data", ...out], cwd, { ...seen, now, zone: "UTC" });
  return lines.join("");
}

describe("docs/tutorial.md", () => {
  const steps = stepsOf(readFileSync(join(ROOT, "docs/tutorial.md"), "utf8"));
  it("prints, typed from the first line to the last, what it says", async () => {
    const cwd = join(tempDir(), "chatscribe");
    execFileSync("mkdir", [cwd]);
    assert.ok(steps.length > 10);
    for (const { typed, printed } of steps) {
      const shown = (await outputOf(typed, cwd)).replaceAll(/\S*\/chatscribe\//g, "");
      assert.equal(plain(shown), plain(printed), typed);
    }
  });
});
