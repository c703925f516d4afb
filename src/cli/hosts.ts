import type { Archive } from "../archive/archive.ts";
import { type Hosts, hostsOf } from "../thread/series.ts";
import type { NamedSession } from "./names.ts";

/** How a session's hosts are known; nothing is read where they are named. */
export const hostsKnown = (archive: Archive, { chat, session }: NamedSession): Hosts =>
  (archive.notes(chat, session.slug).hosts ?? chat.hosts).length > 0
    ? { are: "named", guessed: [] }
    : hostsOf(archive.input(chat, session));

/** `hosts guessed: @sam`, `hosts unknown`; nothing where they are named. */
export const hostsClause = ({ are, guessed }: Hosts): string =>
  are === "named" ? "" : are === "unknown" ? "hosts unknown" : `hosts guessed: ${guessed.map((who) => `@${who}`).join(", ")}`;
