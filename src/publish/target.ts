import { resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import type { Found, Plan } from "./plan.ts";

/** A built site: the folder it is in and its files, `tea/index.html`. */
export interface Built {
  readonly dir: string;
  readonly files: readonly string[];
}

/** Where a site is put. Every method can be called again after it was cut short. Throws UserError where the place cannot be had. */
export interface Target {
  /** As messages name it. */
  readonly name: string;
  find(built: Built): Promise<Found>;
  /** Does all of a plan, in its order. */
  carryOut(built: Built, plan: Plan, known: ReadonlySet<string>): Promise<void>;
}

/** `git:origin#gh-pages`, `rsync://host/module`, `amy@host:www`, else a folder. `inCwd`: a path as it was typed. `own`: folders that may
 *  not be published into, nor what holds them: the archive would be read as pages, or be online with them. */
export async function targetOf(word: string, inCwd: (path: string) => string, own: readonly string[] = []): Promise<Target> {
  if (word.startsWith("git:")) {
    const [, repository = "", branch = "gh-pages"] = /^git:([^#]*)(?:#(.*))?$/.exec(word) ?? []; // "git:site.git#pages"
    if (repository === "")
      throw new UserError(`publish: "${word}" names no repository: write git:<repository>#<branch>, as git:origin#gh-pages`);
    if (!/^[A-Za-z0-9][\w./-]*$/.test(branch)) throw new UserError(`publish: "${branch}" is no branch: write git:${repository}#gh-pages`); // "gh-pages"
    const { GitBranch, addressOf } = await import("./git.ts");
    return new GitBranch(isPath(repository) ? resolve(inCwd(repository)) : await addressOf(repository, inCwd(".")), branch);
  }
  // "rsync://host/module/www", "amy@host:www", "host:www"; not "C:\www"
  if (/^rsync:\/\//.test(word) || /^[\w.@-]{2,}:(?!\/\/)/.test(word)) {
    const { RsyncTarget } = await import("./rsync.ts");
    return new RsyncTarget(word);
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(word)?.[1]; // "s3://bucket"
  if (scheme !== undefined)
    throw new UserError(`publish: ${scheme}:// is no place it can publish to: a folder, rsync://…, host:path or git:…`);
  const { FolderTarget } = await import("./folder.ts");
  const folder = resolve(inCwd(word));
  const taken = own.find((one) => holds(resolve(one), folder) || holds(folder, resolve(one)));
  if (taken !== undefined) throw new UserError(`publish: ${word} is ${taken}, lies in it or holds it: name a folder of its own, as ../www`);
  return new FolderTarget(inCwd(word));
}

/** Whether a folder is another one, or lies in it. */
const holds = (folder: string, other: string): boolean =>
  other === folder || other.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A repository that is a folder: `../site.git`, not `origin`, not `git@host:site.git`. */
const isPath = (repository: string): boolean => /^[./~]/.test(repository) || (repository.includes("/") && !repository.includes(":"));
