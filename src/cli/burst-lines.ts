import { join } from "node:path";
import type { Burst } from "../archive/bursts.ts";
import { sittingsOn } from "../config/schedule.ts";
import { type Wall, wallOf } from "../config/zone.ts";
import type { Chat } from "../model.ts";
import { many } from "./names.ts";
import { shellWord } from "./paths.ts";

/** How many are printed; the rest comes up when the command is given again. */
const TOLD = 60;

/** The files that make sessions of bursts, each as a line for a shell: `printf '…' > data/chats/tea/2026-03-05.md`. `taken`: slugs of the chat's
 *  sessions. A second sitting of a day has its hour in its name. */
export function burstLines(bursts: readonly Burst[], { chat, zone, dir, taken }: Where): string[] {
  const names = new Set(taken);
  const lines = bursts.map((burst) => {
    const wall = wallOf(burst.start, zone);
    const slug = nameOf(wall, chat, names);
    names.add(slug);
    const file = shellWord(join(dir, "chats", chat.slug, `${slug}.md`));
    return `printf -- '---\\nstart: ${wall.date} ${wall.time}\\n---\\n' > ${file}  # ${many(burst.tweets, "tweet")}, ${many(burst.people, "person", "people")}`;
  });
  return lines.length > TOLD ? [...lines.slice(0, TOLD), `# and ${lines.length - TOLD} more: import again when these are written`] : lines;
}

interface Where {
  readonly chat: Chat;
  readonly zone: string;
  /** The archive's folder. */
  readonly dir: string;
  readonly taken: Iterable<string>;
}

const nameOf = ({ date, time }: Wall, chat: Chat, names: ReadonlySet<string>): string =>
  names.has(date) || sittingsOn(chat, date).length > 0 ? `${date}-${time.replace(":", "")}` : date;
