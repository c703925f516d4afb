import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { UserError } from "../../src/errors.ts";
import type { SiteData } from "../../src/site/data.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir, write } from "../helpers.ts";
import { site } from "./fixture.ts";

/** All files of a folder with their bytes, as one word. */
function bytesOf(dir: string): string {
  const hash = createHash("sha256");
  const paths = readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
  for (const path of paths) if (statSync(join(dir, path)).isFile()) hash.update(`${path}\n`).update(readFileSync(join(dir, path)));
  return hash.digest("hex");
}

const failing = (error: Error): SiteData => ({
  ...site(),
  session() {
    throw error;
  },
});

describe("rendering a site", () => {
  it("leaves the last good site as it was when a build fails", async () => {
    const out = tempDir();
    await renderSite(site(), out);
    const before = bytesOf(out);
    await assert.rejects(renderSite(failing(new Error("planted")), out), /planted|Eleventy|rendering/i);
    assert.equal(bytesOf(out), before);
  });

  it("lets an error the user can put right through as it is", async () => {
    await assert.rejects(
      renderSite(failing(new UserError("notes.md:3: planted")), tempDir()),
      (error) => error instanceof UserError && error.message === "notes.md:3: planted",
    );
  });

  it("writes only what changed, and removes only what it wrote", async () => {
    const out = tempDir();
    const first = await renderSite(site(), out);
    assert.equal(first.written, first.files);
    write(out, "mine.txt", "kept");
    write(out, ".gitignore", "*\n");
    assert.deepEqual(await renderSite(site(), out), { ...first, written: 0 });
    rmSync(join(out, "404.html"));
    assert.deepEqual(await renderSite(site(), out), { ...first, written: 1 });
    const [only] = site().chats;
    assert.ok(only);
    const fewer = await renderSite({ ...site(), chats: [only] }, out);
    assert.equal(fewer.removed, first.files - fewer.files);
    assert.deepEqual(
      [
        existsSync(join(out, "night-garden")),
        existsSync(join(out, "mine.txt")),
        existsSync(join(out, ".gitignore")),
        existsSync(join(out, ".next")),
      ],
      [false, true, true, false],
    );
  });

  it("makes the same bytes from any folder, in any time zone and locale", async () => {
    const out = tempDir();
    await renderSite(site(), out);
    const script = `
      const { renderSite } = await import(${JSON.stringify(new URL("../../src/site/whole.ts", import.meta.url).href)});
      const { site } = await import(${JSON.stringify(new URL("fixture.ts", import.meta.url).href)});
      await renderSite(site(), process.argv[1]);`;
    for (const [zone, lang] of [
      ["Pacific/Auckland", "de_DE.UTF-8"],
      ["America/New_York", "ar_EG.UTF-8"],
    ]) {
      const elsewhere = tempDir();
      write(elsewhere, ".gitignore", "templates\n*.ts\n"); // of another project: nothing to us
      execFileSync(process.execPath, ["--input-type=module", "-e", script, "out"], {
        cwd: elsewhere,
        env: { ...process.env, TZ: zone, LANG: lang, LC_ALL: lang },
      });
      assert.equal(bytesOf(join(elsewhere, "out")), bytesOf(out));
    }
  });

  it("needs no more than the program's own folder", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    assert.ok(existsSync(join(root, "site/.gitignore")));
    assert.equal(readFileSync(join(root, "site/.gitignore"), "utf8"), "*\n!.gitignore\n");
  });
});
