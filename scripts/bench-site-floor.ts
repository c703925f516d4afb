// The floor of npm run bench:site: the same files by the templates' own functions, without Eleventy, state or plan. One pass knows all
// sessions, a second writes them.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Archive } from "../src/archive/archive.ts";
import { nextSittings } from "../src/config/schedule.ts";
import type { SiteConfig } from "../src/model.ts";
import { cardOf } from "../src/site/card.ts";
import type { SiteData } from "../src/site/data.ts";
import { TEMPLATES } from "../src/site/plugin.ts";
import { Site } from "../src/site/site.ts";
import { siteConfig } from "../src/site/theme.ts";
import { startOfWeek } from "../src/site/week.ts";
import { cleanText } from "../src/text/clean.ts";

interface Template {
  readonly data: {
    readonly permalink: string | ((data: object) => string | false);
    readonly pagination?: {
      readonly data: string;
      readonly alias: string;
      readonly before?: (all: readonly unknown[]) => readonly unknown[];
    };
  };
  render(data: object): unknown;
}

/** Writes the site and says how many seconds of processor each template took. */
export async function writeFloor(dir: string, out: string, now: number): Promise<ReadonlyMap<string, number>> {
  const archive = Archive.open(dir);
  const site = new Site(plainSite(archive, await siteConfig(dir), now));
  const spent = new Map<string, number>();
  const names = readdirSync(TEMPLATES).filter((name) => name.endsWith(".11ty.ts"));
  const templates = await Promise.all(
    names.map(async (name) => [name, (await import(pathToFileURL(join(TEMPLATES, name)).href)) as Template] as const),
  );
  const timed = async (name: string, use: () => Promise<void>): Promise<void> => {
    const before = process.cpuUsage();
    await use();
    const { user, system } = process.cpuUsage(before);
    spent.set(name, (spent.get(name) ?? 0) + (user + system) / 1e6);
  };
  // session by session, so that each is placed once
  const bySession = templates.filter(([, { data }]) => data.pagination !== undefined && SESSIONS.has(data.pagination.data));
  for (const key of site.sessions) {
    const scope = new Site(site.data, { sessions: [key], people: [], years: [], chats: null, search: [] });
    for (const [name, template] of bySession) await timed(name, () => writeAll(template, { site: scope, out }));
  }
  for (const [name, template] of templates)
    if (!bySession.some(([other]) => other === name)) await timed(name, () => writeAll(template, { site, out }));
  archive.close();
  return spent;
}

const SESSIONS = new Set(["site.sessions", "site.tweets", "site.graves"]);

async function writeAll({ data, render }: Template, { site, out }: { readonly site: Site; readonly out: string }): Promise<void> {
  const { pagination } = data;
  const listed = pagination === undefined ? [{}] : listedIn({ data: { ...data }, site }, pagination.data);
  for (const item of pagination?.before?.(listed) ?? listed) {
    const given = { site, ...(pagination === undefined ? {} : { [pagination.alias]: item }) };
    const path = typeof data.permalink === "function" ? data.permalink(given) : data.permalink;
    if (path === false) continue;
    const text = String(await render(given));
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path.endsWith(".html") ? cleanText(text) : text);
  }
}

/** `site.sessions`, or a list of the template's own. */
const listedIn = (given: Readonly<Record<string, object>> & { readonly data: object }, name: string): readonly unknown[] =>
  name.split(".").reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], { ...given.data, ...given }) as readonly unknown[];

function plainSite(archive: Archive, config: SiteConfig, now: number): SiteData {
  const chats = archive.chats.map((chat) => ({
    chat,
    sessions: archive.sessions(chat).map((session) => cardOf(archive, config, { chat, session })),
    upcoming: nextSittings(chat, startOfWeek(now), 12),
  }));
  const places = new Map(
    chats.flatMap(({ sessions }) => sessions.map(({ session }, place) => [`${session.chat}/${session.slug}`, place] as const)),
  );
  return {
    config,
    chats,
    session(chatSlug, slug) {
      const { chat, sessions } = chats.find((of) => of.chat.slug === chatSlug) ??
        chats[0] ?? { chat: archive.chat(chatSlug), sessions: [] };
      const place = places.get(`${chatSlug}/${slug}`) ?? 0;
      const card = sessions[place];
      if (card === undefined) throw new Error(`no session ${slug}`);
      const beside = { previous: sessions[place - 1] ?? null, next: sessions[place + 1] ?? null };
      const transcript = archive.transcript(chat, card.session);
      return { card, chat, notes: archive.notes(chat, slug), transcript, coverage: archive.coverage(chat, card.session), ...beside };
    },
    picture: () => null,
    users: archive.store.users,
    cards: null,
  };
}
