import { accessSync, constants, existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import type { Chat } from "../model.ts";
import type { Command, Context } from "./command.ts";
import { openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

/** `look`: worth a look, everything works. `stop`: something does not work until it is put right. */
interface Finding {
  readonly name: string;
  readonly state: "ok" | "look" | "stop";
  readonly says: string;
}

export const command: Command = {
  usage: "doctor",
  does: "Looks whether everything is there that Chatscribe needs: one line each, ok or what to do. Changes nothing. Exit 2 where something stops it.",
  example: "npx chatscribe doctor",
  options: {},
  help: {},
  words: [0, 0],
  async run(context) {
    const { chats, finding } = await readChats(context.archive);
    const database = await stateIn(context.archive, "archive.db");
    const findings = [
      await runtime(),
      zoneData(),
      ...chats.map((chat) => chatZone(chat, context.effects.now())),
      clock(context, database?.lastReceived ?? null),
      credentials(context),
      finding,
      removed(await import("../config/removed.ts"), context.archive),
      databaseFinding("archive.db", database, "npx chatscribe check says more; put a backup in its place"),
      databaseFinding("work.db", await stateIn(context.archive, "work.db"), "delete it: it is made again"),
      await disk(context.archive, database?.bytes ?? 0),
      chromium(context),
    ];
    const ok = findings.every(({ state }) => state !== "stop");
    context.result(
      { ok, findings },
      findings.map(({ name, state, says }) => `${state === "ok" ? "ok  " : "look"}  ${name}: ${says}`),
    );
    context.next(`npx chatscribe ${ok ? "status" : "doctor"}${archiveFlag(context)}`);
    return ok ? EXIT.done : EXIT.usage;
  },
};

const ok = (name: string, says: string): Finding => ({ name, state: "ok", says });
const look = (name: string, says: string): Finding => ({ name, state: "look", says });
const stop = (name: string, says: string): Finding => ({ name, state: "stop", says });

async function runtime(): Promise<Finding> {
  const { sqliteVersion } = await import("../store/doctor.ts");
  return ok("runtime", `Node ${process.versions.node}, SQLite ${sqliteVersion()}`);
}

/** Without the data of ICU every zone would be UTC, silently. */
function zoneData(): Finding {
  const noon = new Intl.DateTimeFormat("en", { timeZone: "America/New_York", hour: "numeric", hourCycle: "h23" });
  const july = noon.format(Date.UTC(2009, 6, 21, 16));
  if (july !== "12")
    return stop("time zones", `Node knows no summer time (16:00 UTC in July is ${july}:00 in New York): install Node with full ICU`);
  return ok("time zones", `data of ${process.versions.tz ?? "an unknown year"}`);
}

function chatZone({ slug, schedule }: Chat, now: number): Finding {
  const zone = schedule.at(-1)?.zone ?? "UTC";
  const shown = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "full", timeStyle: "short" });
  return ok(`chat ${slug}`, `it is ${shown.format(now)} in ${zone}`);
}

/** A day: clocks of two machines differ by minutes, not by days. */
const DAY = 86_400_000;

function clock({ effects }: Context, lastReceived: number | null): Finding {
  const now = effects.now();
  const shown = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const set = effects.env.CHATSCRIBE_NOW;
  if (set !== undefined && set !== "") return look("clock", `${shown}, because CHATSCRIBE_NOW says so: unset it for the time that it is`);
  if (lastReceived !== null && now < lastReceived - DAY)
    return look(
      "clock",
      `${shown} is before the last import (${new Date(lastReceived).toISOString().slice(0, 10)}): set the machine's clock`,
    );
  return ok("clock", shown);
}

function credentials({ effects }: Context): Finding {
  const token = effects.env.X_BEARER_TOKEN;
  if (token === undefined || token === "") return ok("credentials", "X_BEARER_TOKEN is not set; importing files needs none");
  // Bearer tokens are one word; a line break or a quote came with pasting
  if (!/^[\w%+/=.-]+$/.test(token))
    return look("credentials", "X_BEARER_TOKEN is set, but holds more than one word: set it again, without quotes or spaces");
  return ok("credentials", "X_BEARER_TOKEN is set (never shown)");
}

async function readChats(dir: string): Promise<{ readonly chats: readonly Chat[]; readonly finding: Finding }> {
  try {
    const { chats } = await openFolder(dir);
    if (chats.length === 0) return { chats, finding: look("archive", `${dir} has no chat yet: npx chatscribe init`) };
    return { chats, finding: ok("archive", `${dir}: ${chats.map(({ slug }) => slug).join(", ")}`) };
  } catch (error) {
    if (error instanceof UserError) return { chats: [], finding: stop("archive", error.message) };
    throw error;
  }
}

function removed({ readRemoved }: typeof import("../config/removed.ts"), dir: string): Finding {
  try {
    const list = readRemoved(dir);
    return ok("removed.yml", list.isEmpty ? "nothing is removed" : "read, and its key where it needs one");
  } catch (error) {
    if (error instanceof UserError) return stop("removed.yml", error.message);
    throw error;
  }
}

type State = import("../store/doctor.ts").DatabaseState;

async function stateIn(dir: string, name: string): Promise<State | null> {
  const { stateOf } = await import("../store/doctor.ts");
  return stateOf(join(dir, name));
}

function databaseFinding(name: string, state: State | null, cure: string): Finding {
  if (state === null) return ok(name, "not there yet: made when it is needed");
  const size = `${megabytes(state.bytes)}, version ${state.version}`;
  if (state.fault !== null) return (name === "work.db" ? look : stop)(name, `${size}, damaged (${state.fault}): ${cure}`);
  if (name === "archive.db" && state.version > state.known)
    return stop(name, `${size}, made by a newer Chatscribe (this one knows ${state.known}): update Chatscribe`);
  return ok(name, `${size}, sound`);
}

/** What a rebuild and its backup take. */
const COPIES = 3;
const LEAST = 100e6;

async function disk(dir: string, bytes: number): Promise<Finding> {
  const folder = existsSync(dir) && statSync(dir).isDirectory() ? dir : ".";
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return stop("disk", `${folder} cannot be written (${why}): check the folder's rights`);
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < Math.max(LEAST, bytes * COPIES))
    return look(
      "disk",
      `${megabytes(free)} free: a backup and a rebuild of this archive need ${megabytes(Math.max(LEAST, bytes * COPIES))}`,
    );
  return ok("disk", `${megabytes(free)} free, ${folder} can be written`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: bytes < 10e6 ? 1 : 0 })} MB`;

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** For tests and screenshots only. */
function chromium({ effects }: Context): Finding {
  const named = effects.env.CHROMIUM;
  const folders = ["/usr/bin", ...(effects.env.PATH ?? "").split(delimiter)];
  const places = named === undefined ? folders.flatMap((folder) => BROWSERS.map((name) => join(folder, name))) : [named];
  const found = places.find((place) => existsSync(place));
  return found === undefined
    ? look("Chromium", "not found; only the browser tests need it: install Debian's chromium, or set CHROMIUM to its path")
    : ok("Chromium", `${found} (for the browser tests)`);
}
