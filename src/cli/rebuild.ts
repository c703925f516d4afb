import { EXIT } from "../errors.ts";
import type { Command } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "rebuild",
  does: "Makes archive.db anew from the files as received, after a backup, and puts it in its place once it is whole.",
  example: "npx chatscribe rebuild",
  options: {},
  help: {},
  words: [0, 0],
  async run(context) {
    const folder = await openFolder(context.archive);
    const [{ rebuild }, { writing }, { heldFile }] = await Promise.all([
      import("../capture/rebuild.ts"),
      import("../capture/import.ts"),
      import("../store/backup.ts"),
    ]);
    // a lock is a file too: first what can be refused
    heldFile(context.archive);
    const report = await writing(context.archive, () => rebuild(folder, context.effects.now()));
    const { bodies, tweets, context: known, changes, backup } = report;
    const { gone, fresh, changed } = changes;
    const changedOrNot = changes.other === null ? "nothing changed" : `${fresh} new, ${changed} changed, ${gone} gone`;
    context.result({ bodies, tweets, context: known, new: fresh, changed, gone, backup }, [
      `${context.archive}: ${many(tweets, "tweet")}, ${known.toLocaleString("en")} more known as context, from ${many(bodies, "file")}: ${changedOrNot}`,
      `As it was: ${backup}`,
    ]);
    context.next(`npx chatscribe build${archiveFlag(context)}`);
    return EXIT.done;
  },
};
