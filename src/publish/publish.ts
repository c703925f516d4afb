import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Plan, planOf } from "./plan.ts";
import type { Target } from "./target.ts";

/** Puts a built site to a target: what changed, pages before what leads to them, and what is gone at the end. Cut short, it goes on when it
 *  is called again. `dryRun`: nothing is done. */
export async function publish(dir: string, target: Target, { dryRun }: { readonly dryRun: boolean }): Promise<Plan> {
  const built = { dir, files: await filesIn(dir) };
  const found = await target.find(built);
  const plan = planOf(built.files, found);
  const changes = plan.put.length + plan.remove.length > 0 || built.files.some((file) => !found.known.has(file));
  if (!dryRun && changes) await target.carryOut(built, plan, found.known);
  return plan;
}

/** All files of a site, `tea/index.html`, in order; what begins with a dot is the build's own. */
async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => !file.split("/").some((part) => part.startsWith(".")))
    .sort();
}
