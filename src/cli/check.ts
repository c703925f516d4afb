import { EXIT } from "../errors.ts";
import type { Command } from "./command.ts";
import { many } from "./names.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

export const command: Command = {
  usage: "check [--read-data]",
  does: "Looks whether everything that was kept is as it was kept (exit 7 where it is not), and names what is worth a look.",
  example: "npx chatscribe check --read-data",
  options: { "read-data": { type: "boolean", default: false } },
  help: { "--read-data": "reads every byte kept, and compares what is held with what the files as received tell" },
  words: [0, 0],
  async run(context) {
    const { checkArchive } = await import("../capture/check.ts");
    const folder = await openFolder(context.archive);
    const data = context.options["read-data"] === true;
    const problems = await checkArchive(folder, { data });
    const ok = problems.every(({ kind }) => kind !== "damage");
    const looks = problems.length === 0 ? "" : `, ${many(problems.length, "thing")} worth a look`;
    context.result({ ok, problems }, [
      ...problems.map(({ kind, what }) => `${kind}: ${what}`),
      ok ? `${context.archive}: sound${data ? ", every byte read" : ""}${looks}` : `${context.archive}: damaged`,
    ]);
    if (ok) context.next(`npx chatscribe ${data ? "backup" : "check --read-data"}${archiveFlag(context)}`);
    return ok ? EXIT.done : EXIT.damaged;
  },
};
