import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What pages are made with. The lock file says which libraries. */
const PROGRAM = ["src", "templates", ".eleventy.js", "package-lock.json"];
/** What draws pictures may be installed or not. */
const OPTIONAL = ["satori", "@resvg/resvg-js"];
/** What the owner says about all pages. */
const OWNERS = ["site.yml", "theme"];

/** A word that is another when any page may come out otherwise though no session changed: of the program, of what runs it, of what
 *  the owner of an archive says about all pages. */
export function programHash(archive: string): string {
  const hash = createHash("sha256");
  const { node, icu, tz } = process.versions;
  hash.update(JSON.stringify([node, icu, tz]));
  hash.update(JSON.stringify(OPTIONAL.map((name) => existsSync(join(ROOT, "node_modules", name)))));
  for (const name of PROGRAM) addFile(hash, ROOT, name);
  for (const name of OWNERS) addFile(hash, archive, name);
  return hash.digest("hex").slice(0, 32);
}

function addFile(hash: ReturnType<typeof createHash>, root: string, name: string): void {
  const path = join(root, name);
  if (!existsSync(path)) return;
  if (/\.[a-z]+$/.test(name)) {
    // "rollup.ts", ".eleventy.js"
    hash.update(`${name}\n`).update(readFileSync(path));
    return;
  }
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inner = `${name}/${entry.name}`;
    if (entry.isDirectory()) addFile(hash, root, inner);
    else if (entry.isFile()) hash.update(`${inner}\n`).update(readFileSync(join(root, inner)));
  }
}
