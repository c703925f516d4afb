import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { reference } from "../../scripts/reference.ts";
import { ENVIRONMENT } from "../../src/cli/environment.ts";
import { COMMANDS, COMMON_HELP } from "../../src/cli/main.ts";
import { ROOT } from "../../src/cli/paths.ts";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const DOCS = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** `## A session's file` -> a-sessions-file, as GitHub names it. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
const anchorsOf = (text: string): Set<string> => new Set([...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? "")));

/** Links of a page that lead nowhere. Those to other sites are not looked at. */
function brokenLinks(file: string, text: string): string[] {
  const links = [...text.replaceAll(/^```.*?^```$/gms, "").matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(path === "" ? text : read(target)).has(anchor);
  });
}

/** What a page has typed that the program does not take: a command it has not, an option of none or of another. */
async function badCommands(text: string): Promise<string[]> {
  const typed = [...text.matchAll(/npx chatscribe ([a-z]+)\b([^\n`|]*)/g)];
  const bad = await Promise.all(
    typed.map(async ([line, name = "", rest = ""]) => {
      const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
      if (entry === undefined) return [line];
      const flags = [...rest.replace(/\s#.*$/, "").matchAll(/\s--([\w-]+)/g)].map((match) => match[1] ?? "");
      const { command } = await entry.load();
      const known = [...Object.keys(command.options), ...Object.keys(COMMON_HELP).map((flag) => flag.slice(2).split(" ")[0]), "help"];
      return flags.every((flag) => known.includes(flag)) ? [] : [line];
    }),
  );
  return bad.flat();
}

/** `npm run crash` where package.json has no such script. */
function badScripts(text: string): string[] {
  const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
  return [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? "").filter((name) => !Object.hasOwn(scripts, name));
}

describe("the checks of the docs find", () => {
  it("a link to no file, and to no heading", () =>
    assert.deepEqual(
      brokenLinks("README.md", "# A b\n[a](docs/no.md) [b](#a-b) [c](#c) [d](docs/reference.md#siteyml) [e](docs/reference.md#x)"),
      ["docs/no.md", "#c", "docs/reference.md#x"],
    ));
  it("a command there is not, and an option of another", async () =>
    assert.deepEqual(await badCommands("`npx chatscribe bild` `npx chatscribe build --full --json` npx chatscribe build --html x"), [
      "npx chatscribe bild",
      "npx chatscribe build --html x",
    ]));
  it("a script there is not", () => assert.deepEqual(badScripts("npm run demo -- --once, npm run nothing"), ["nothing"]));
});

for (const file of DOCS)
  describe(file, () => {
    const text = read(file);
    it("has no link that leads nowhere", () => assert.deepEqual(brokenLinks(file, text), []));
    it("has nothing typed that the program does not take", async () => assert.deepEqual(await badCommands(text), []));
    it("names no script that is not there", () => assert.deepEqual(badScripts(text), []));
  });

describe("docs/reference.md", () => {
  it("is what the code says: if not, `npm run reference` writes it", async () =>
    assert.equal(read("docs/reference.md"), await reference()));

  it("names the environment variables that the program reads, and no others", () => {
    const own = new Set(["PATH", "NODE_COMPILE_CACHE"]);
    const sources = globSync("src/**/*.ts", { cwd: ROOT }).map(read).join("\n");
    const found = new Set([...sources.matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map((match) => match[1] ?? "").filter((name) => !own.has(name)));
    assert.deepEqual([...found].sort(), Object.keys(ENVIRONMENT).sort());
  });
});

it("README.md leads to every page of docs/", () => {
  const linked = new Set([...read("README.md").matchAll(/\]\((docs\/[\w-]+\.md)/g)].map((match) => match[1]));
  assert.deepEqual(
    DOCS.filter((file) => file.startsWith("docs/") && !linked.has(file)),
    [],
  );
});
