import { join } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import type { Plan } from "../publish/plan.ts";
import { build, remark } from "./build.ts";
import type { Command } from "./command.ts";
import { many } from "./names.ts";
import { archiveFlag, inCwd, outOf } from "./paths.ts";

const TARGETS = "a folder, rsync://host/module, user@host:folder, or git:<repository>#<branch>";

export const command: Command = {
  usage: "publish <target> [--drafts] [--dry-run]",
  does: `Builds the site of the reviewed sessions and puts what changed online: pages before what leads to them, removals at the end. Cut short, the same command goes on. A target is ${TARGETS}.`,
  example: "npx chatscribe publish git:origin#gh-pages",
  options: {
    drafts: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    out: { type: "string" },
  },
  help: {
    "--drafts": "sessions that nobody has reviewed too",
    "--dry-run": "says what it would do, and does nothing",
    "--out DIR": "where the site is built (default site): in its folder .reviewed, without drafts",
  },
  words: [0, 1],
  async run(context) {
    const [word] = context.words;
    if (word === undefined) throw new UserError(`publish: where to? Name ${TARGETS}`);
    const [{ targetOf }, { publish }] = await Promise.all([import("../publish/target.ts"), import("../publish/publish.ts")]);
    const target = await targetOf(word, (path) => inCwd(context.effects, path), [context.archive, outOf(context)]);
    const drafts = context.options.drafts === true;
    const dryRun = context.options["dry-run"] === true;
    const out = drafts ? outOf(context) : join(outOf(context), ".reviewed");
    const built = await build(context, { out, full: false, drafts });
    await remark(context, built);
    const plan = await publish(out, target, { dryRun });
    const put = plan.put.flat();
    context.result({ target: target.name, dry_run: dryRun, put, removed: plan.remove, unchanged: plan.unchanged }, [
      ...(dryRun ? listed(plan) : []),
      `${target.name}: ${dryRun ? "would put" : "put"} ${many(put.length, "file")}, ${dryRun ? "remove" : "removed"} ${plan.remove.length}, ${plan.unchanged.toLocaleString("en")} unchanged`,
    ]);
    if (built.sessions + built.unchanged === 0)
      context.say("No session is reviewed yet: write status: reviewed in a session's file, or publish with --drafts");
    context.next(
      dryRun
        ? `npx chatscribe publish ${word}${drafts ? " --drafts" : ""}${archiveFlag(context)}`
        : `npx chatscribe status${archiveFlag(context)}`,
    );
    return EXIT.done;
  },
};

/** In the order it would be done. */
const listed = ({ put, remove }: Plan): string[] => [
  ...put.flat().map((file) => `put     ${file}`),
  ...remove.map((file) => `remove  ${file}`),
];
