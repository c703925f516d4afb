// A process that reads and renders shards for a build, one after the other, as it is told (crew.ts). It ends with the build.
import { join } from "node:path";
import { Archive } from "../archive/archive.ts";
import { UserError } from "../errors.ts";
import type { Session } from "../model.ts";
import { Work } from "../store/work.ts";
import type { Answer, Setting, Task } from "./crew.ts";
import type { SiteData } from "./data.ts";
import { readSessions } from "./freshen.ts";
import { KeptStock } from "./kept-stock.ts";
import { siteOf } from "./open.ts";
import { renderShard } from "./shard.ts";
import { siteConfig } from "./theme.ts";

const setting = JSON.parse(process.argv[2] ?? "") as Setting;
const archive = Archive.open(setting.archive);
archive.store.keepLittle();
archive.folder.keepLittle();
const work = Work.join(join(setting.archive, "work.db"));
const config = await siteConfig(setting.archive);
for (const chat of archive.chats) archive.adopt(chat, sessionsOf(chat.slug));
let site: SiteData | null = null;

/** All of a chat, drafts too: a tweet belongs to one of them. */
function sessionsOf(chat: string): Session[] {
  return new KeptStock(work.shelf).sessions(chat).map(({ session }) => session);
}

async function carryOut(task: Task): Promise<Answer> {
  if (task.kind === "render") {
    // all that changed has been read
    site ??= siteOf(archive, { config, now: setting.now, stock: new KeptStock(work.shelf, setting.edition) });
    return { files: [...(await renderShard(site, task.scope, task.place))] };
  }
  readSessions({ archive, work }, task.sessions, config);
  return { files: [] };
}

process.on("message", (task: Task) => {
  carryOut(task).then(tell, (error: unknown) => tell(faultOf(error)));
});
process.on("disconnect", end);

/** Closed by the last that has it open, work.db leaves nothing beside it: the next build need not look through it. */
function end(): void {
  work.close();
  archive.close();
  process.exit();
}

/** A build that was killed hears nothing, and this process ends with it. */
function tell(answer: Answer): void {
  process.send?.(answer, (error: Error | null) => (error === null ? undefined : end()));
}

function faultOf(error: unknown): Answer {
  if (error instanceof UserError) return { fault: { message: error.message, code: error.code } };
  return { fault: { message: error instanceof Error ? String(error.stack) : String(error), code: null } };
}
