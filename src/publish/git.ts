import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { type Found, LIST, listOf, namesIn, type Plan } from "./plan.ts";
import { failed, type Ran, type RunOptions, run } from "./run.ts";
import type { Built, Target } from "./target.ts";

/** GitHub's own page maker leaves out files; this file says that there is nothing to make. */
const NO_JEKYLL = ".nojekyll";
const WHO = {
  GIT_AUTHOR_NAME: "Chatscribe",
  GIT_AUTHOR_EMAIL: "chatscribe@localhost",
  GIT_COMMITTER_NAME: "Chatscribe",
  GIT_COMMITTER_EMAIL: "chatscribe@localhost",
};

/** Where a remote of the clone that is stood in leads: `origin`; what is no remote is an address. */
export async function addressOf(repository: string, cwd: string): Promise<string> {
  const named = await run("git", ["remote", "get-url", repository], { cwd });
  return named.code === 0 ? named.out.trim() : repository;
}

/** A branch that is shown as pages. It is one commit without a parent: its history keeps nothing that was removed. What else is on the
 *  branch (a CNAME) stays. */
export class GitBranch implements Target {
  readonly name: string;
  readonly #repository: string;
  readonly #branch: string;

  constructor(repository: string, branch: string) {
    this.#repository = repository;
    this.#branch = branch;
    this.name = `git:${repository}#${branch}`;
  }

  async find(built: Built): Promise<Found> {
    return inStore(async (git) => {
      const head = await this.#fetch(git);
      const there = head === null ? new Map<string, string>() : await blobsOf(git, head);
      const known = there.has(LIST) ? namesIn((await ask(git(["show", `${head}:${LIST}`]), this.name)).out) : new Set<string>();
      const foreign = built.files.find((file) => there.has(file) && !known.has(file));
      if (foreign !== undefined)
        throw new UserError(`${this.name}: ${foreign} was not published by Chatscribe: name another branch, or remove it there`);
      const own = await this.#stage(git, built);
      return { known, differing: new Set(built.files.filter((file) => own.get(file) !== there.get(file))) };
    });
  }

  async carryOut(built: Built, _: Plan, known: ReadonlySet<string>): Promise<void> {
    await inStore(async (git) => {
      const head = await this.#fetch(git);
      await this.#stage(git, built);
      if (head !== null) await this.#keepRest(git, head, new Set([...known, ...built.files, LIST]));
      await addText(git, LIST, listOf(built.files));
      await addText(git, NO_JEKYLL, "");
      const tree = (await ask(git(["write-tree"]), this.name)).out.trim();
      const commit = (await ask(git(["commit-tree", "-m", "Published by Chatscribe", tree], { env: WHO }), this.name)).out.trim();
      const lease = `--force-with-lease=refs/heads/${this.#branch}:${head ?? ""}`;
      await ask(git(["push", "--quiet", lease, this.#repository, `${commit}:refs/heads/${this.#branch}`]), this.name);
    });
  }

  /** The branch's commit, fetched; null: there is no such branch yet. */
  async #fetch(git: Git): Promise<string | null> {
    const listed = await ask(git(["ls-remote", this.#repository, `refs/heads/${this.#branch}`]), this.name);
    const head = listed.out.split("\t")[0]?.trim() ?? "";
    if (head === "") return null;
    await ask(git(["fetch", "--quiet", "--depth", "1", this.#repository, `refs/heads/${this.#branch}`]), this.name);
    return head;
  }

  /** All files of the site in the index; their blobs by name. */
  async #stage(git: Git, { dir, files }: Built): Promise<ReadonlyMap<string, string>> {
    await ask(git(["read-tree", "--empty"]), this.name);
    const input = files.join("\0");
    await ask(
      git(["--work-tree", resolve(dir), "add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul"], {
        input,
        cwd: dir,
        env: { GIT_LITERAL_PATHSPECS: "1" },
      }),
      this.name,
    );
    const listed = await ask(git(["ls-files", "--stage", "-z"]), this.name);
    return blobsIn(listed.out.replaceAll(/ (\w+) \d+\t/g, " blob $1\t")); // "100644 e69de29 0\ta" -> "100644 blob e69de29\ta"
  }

  /** What nobody published stays on the branch. */
  async #keepRest(git: Git, head: string, own: ReadonlySet<string>): Promise<void> {
    const rest = [...(await blobsOf(git, head))].filter(([file]) => !own.has(file));
    const input = rest.map(([file, blob]) => `100644 ${blob}\t${file}\0`).join("");
    if (rest.length > 0) await ask(git(["update-index", "-z", "--index-info"], { input }), this.name);
  }
}

type Git = (args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** A store of objects of its own: the clone that the command is typed in is left as it is. */
async function inStore<T>(use: (git: Git) => Promise<T>): Promise<T> {
  const store = await mkdtemp(join(tmpdir(), "chatscribe-publish-"));
  try {
    await ask(run("git", ["init", "--quiet", "--bare", store]), "git");
    const env = { GIT_DIR: store, GIT_INDEX_FILE: join(store, "index"), GIT_TERMINAL_PROMPT: "0" };
    return await use((args, options = {}) =>
      run("git", ["-c", "core.autocrlf=false", ...args], { ...options, env: { ...env, ...options.env } }),
    );
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

async function ask(running: Promise<Ran>, name: string): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw failed(name, ran);
  return ran;
}

const blobsOf = async (git: Git, commit: string): Promise<ReadonlyMap<string, string>> =>
  blobsIn((await ask(git(["ls-tree", "-r", "-z", commit]), commit)).out);

/** `100644 blob e69de29\ttea/index.html\0` -> tea/index.html: e69de29 */
const blobsIn = (listing: string): Map<string, string> =>
  new Map(
    listing.split("\0").flatMap((entry) => {
      const [, blob = "", file = ""] = /^\d+ blob (\w+)\t([\s\S]+)$/.exec(entry) ?? [];
      return file === "" ? [] : [[file, blob] as const];
    }),
  );

async function addText(git: Git, file: string, text: string): Promise<void> {
  const blob = (await ask(git(["hash-object", "-w", "--stdin"], { input: text }), file)).out.trim();
  await ask(git(["update-index", "-z", "--index-info"], { input: `100644 ${blob}\t${file}\0` }), file);
}
