import { EXIT } from "../errors.ts";
import type { Command } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "backup",
  does: "Copies archive.db, removed.yml, removed.key and media/ into backups/, while others may go on; the copy is compared before it counts.",
  example: "npx chatscribe backup",
  options: {},
  help: {},
  words: [0, 0],
  async run(context) {
    await openFolder(context.archive);
    const { backup } = await import("../store/backup.ts");
    const report = await backup(context.archive, context.effects.now());
    context.result(report, [`${report.file}: ${many(report.tweets, "tweet")}, ${many(report.bytes, "byte")}`]);
    context.next(`npx chatscribe check --read-data${archiveFlag(context)}`);
    return EXIT.done;
  },
};
