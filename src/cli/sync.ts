import type { ForgetReport } from "../capture/forget.ts";
import type { SyncReport } from "../capture/sync.ts";
import { EXIT, type ExitCode } from "../errors.ts";
import type { TweetId } from "../model.ts";
import type { Network } from "../source/network.ts";
import { maxPostsOf } from "./capture-options.ts";
import type { Command, Context } from "./command.ts";
import { chatNamed, many, sessionsNamed } from "./names.ts";
import { openArchive, openFolder } from "./open.ts";
import { archiveFlag } from "./paths.ts";

/** The command over a network of the caller's choice. */
export const syncOver = (open: (context: Context) => Network | Promise<Network>): Command => ({
  usage: "sync [<chat>[/<session>]] [--yes] [--max-posts N] [--token-file F]",
  does: "Asks whether every held tweet is still there: edits are kept, what is deleted or protected is hidden at once and erased at the second look.",
  example: "npx chatscribe sync socialmedia --max-posts 1000",
  options: { yes: { type: "boolean", default: false }, "max-posts": { type: "string" }, "token-file": { type: "string" } },
  help: {
    "--yes": "hides what is gone, even if more than a tenth of the tweets vanished at once",
    "--max-posts N": "reads at most N tweets; the next sync goes on with those that were asked longest ago",
    "--token-file F": "the file with the bearer token (mode 600); else X_BEARER_TOKEN",
  },
  words: [0, 1],
  async run(context) {
    const maxPosts = maxPostsOf("sync", context.options["max-posts"], 1);
    await openFolder(context.archive, context.words[0]);
    const network = await open(context);
    const report = await syncAll(context, network, maxPosts);
    tell(context, report, network);
    return exitOf(report);
  },
});

export const command: Command = syncOver(async (context) => {
  const { openNetwork } = await import("./x.ts");
  return openNetwork(context);
});

async function syncAll(context: Context, network: Network, maxPosts: number | null): Promise<SyncReport> {
  const [{ idsToSync, sync }, { writing }] = await Promise.all([import("../capture/sync.ts"), import("../capture/import.ts")]);
  const [name] = context.words;
  const stop = new AbortController();
  void context.effects.stopped().then(() => stop.abort());
  return writing(context.archive, async () => {
    const archive = await openArchive(context.archive, name);
    try {
      const rest = name === undefined ? "all" : name.replace(/\/$/, "").includes("/") ? null : chatNamed(archive, name);
      const ids = idsToSync(archive, sessionsNamed(archive, name), { rest, now: context.effects.clock.now() });
      announce(context, ids, { network, maxPosts });
      return await sync(archive, ids, {
        network,
        clock: context.effects.clock,
        signal: stop.signal,
        watcher: { notice: (line) => context.say(line) },
        maxPosts,
        yes: context.options.yes === true,
      });
    } finally {
      archive.close();
    }
  });
}

function announce(context: Context, ids: readonly TweetId[], { network, maxPosts }: { network: Network; maxPosts: number | null }): void {
  const read = Math.min(ids.length, maxPosts ?? ids.length);
  if (read > 0)
    context.say(`asking ${network.name} for ${many(read, "tweet")}: at most ${dollars(Math.ceil(read * network.price.tweet * 100) / 100)}`);
}

const dollars = (sum: number): string => `$${sum.toFixed(2)}`;

function tell(context: Context, report: SyncReport, network: Network): void {
  const { asked, present, hidden, erased, shownAgain, requests, cost, stopped } = report;
  const more = [
    ...(shownAgain === 0 ? [] : [`${many(shownAgain, "tweet")} shown again`]),
    ...(erased === 0 ? [] : [`${many(erased, "tweet")} erased`]),
  ];
  const counts = [`${many(asked, "tweet")} asked for`, `${present.toLocaleString("en")} there`, `${hidden.toLocaleString("en")} hidden`];
  context.result({ asked, present, hidden, erased, shown_again: shownAgain, requests, cost_usd: cost, stopped }, [
    `${[...counts, ...more].join(", ")}; ${many(requests, "request")}, ${dollars(cost)}`,
  ]);
  for (const one of report.forgotten) warnOf(context, one);
  if (stopped === "vanished")
    context.warn(
      `${network.name} says that ${many(report.vanished, "tweet")} of ${asked.toLocaleString("en")} vanished at once: none is hidden; if you believe it: npx chatscribe ${again(context)} --yes`,
    );
  else if (report.why !== null && stopped !== "max posts") context.warn(stoppedWords(context, report));
  context.next(`npx chatscribe build${archiveFlag(context)}`);
}

const again = (context: Context): string => ["sync", ...context.words].join(" ") + archiveFlag(context);

/** `X answered 429. Saved what 300 tweets said. Continue at 12:34 UTC: npx chatscribe sync` */
function stoppedWords(context: Context, { asked, why, until, stopped }: SyncReport): string {
  const at = until === null ? "" : ` at ${new Date(until).toISOString().slice(11, 16)} UTC`;
  const what = stopped === "interrupted" ? "" : `${why}${ADVICE[stopped] ?? ""}. `;
  return `${what}Saved what ${many(asked, "tweet")} said. Continue${at}: npx chatscribe ${again(context)}`;
}

const ADVICE: Readonly<Partial<Record<SyncReport["stopped"], string>>> = {
  credentials: ": the token is not taken: set X_BEARER_TOKEN to the bearer token of your app",
  "no credit": ": the credit is used up: buy some at developer.x.com",
};

/** What only a person can put right after tweets were erased. */
function warnOf(context: Context, { lines, commits }: ForgetReport): void {
  for (const { file, line } of lines) context.warn(`${file}:${line}: it still says what is removed: rewrite the line`);
  if (commits > 0)
    context.warn(
      `${context.archive}: ${many(commits, "commit")} of its git repository still hold what is removed: rewrite the history, or put a fresh repository in its place`,
    );
}

function exitOf({ stopped, forgotten }: SyncReport): ExitCode {
  switch (stopped) {
    case "rate limit":
    case "no credit":
      return EXIT.limit;
    case "credentials":
    case "no access":
      return EXIT.credentials;
    case "interrupted":
      return EXIT.interrupted;
    case "end":
    case "max posts":
      return forgotten.some(({ lines }) => lines.length > 0) ? EXIT.incomplete : EXIT.done;
    default:
      return EXIT.incomplete;
  }
}
