import type { CaptureReport, Subject } from "../capture/capture.ts";
import { zoneOn } from "../config/schedule.ts";
import type { Coverage } from "../model.ts";
import type { Context } from "./command.ts";
import { many } from "./names.ts";
import { archiveFlag } from "./paths.ts";

/** The zone in which a subject's times are said. */
export const zoneOf = ({ chat, session }: Pick<Subject, "chat" | "session">): string =>
  session === null ? (chat.schedule.at(-1)?.zone ?? "UTC") : zoneOn(chat, session.slug.slice(0, 10));

/** What `capture --json` prints (cli.md). */
export function captureRecord(report: CaptureReport) {
  const { coverage } = report;
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    session: report.session,
    stored: coverage?.stored ?? 0,
    counted: coverage?.counted ?? null,
    untagged: coverage?.untagged ?? 0,
    new: report.new,
    complete: coverage?.complete ?? null,
    gaps: (coverage?.gaps ?? []).map(({ from, to, query, why }) => ({ from: iso(from), to: iso(to), query, why })),
    missing: coverage?.missing ?? [],
    requests: report.requests,
    cost_usd: report.costUsd,
    next_sweep: coverage?.nextSweep === null || coverage?.nextSweep === undefined ? null : iso(coverage.nextSweep),
    stopped: report.stopped,
  };
}

const when = (time: number, zone: string): string => {
  const shown = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return `${shown.format(time)} (${zone})`;
};

/** What a capture says to a person. */
export const captureLines = {
  when,
  /** `tea/2026-03-03`, `tea` */
  subject: ({ chat, session }: Pick<Subject, "chat" | "session">): string =>
    session === null ? chat.slug : `${chat.slug}/${session.slug}`,

  report(report: CaptureReport, zone: string): string[] {
    const { coverage } = report;
    if (coverage === null) return [`${report.session}: nothing was captured; ${costWords(report)}`];
    const counted = coverage.counted === null ? "" : `; X counts ${coverage.counted.toLocaleString("en")}`;
    const untagged = coverage.untagged === 0 ? "" : ` and ${coverage.untagged.toLocaleString("en")} without the tag`;
    return [
      `${report.session}: ${many(coverage.stored, "tweet")}${untagged}, ${report.new.toLocaleString("en")} new${counted}; ${costWords(report)}`,
      stateWords(coverage, zone),
      ...coverage.gaps.map(({ from, to, query, why }) => `  gap ${when(from, zone)} to ${when(to, zone)}: ${why} (${query})`),
      ...missingWords(coverage),
    ];
  },

  /** `Saved 412 tweets up to 12:34:07. Continue: npx chatscribe capture tea/2026-03-03` */
  stopped(context: Context, report: CaptureReport): string {
    const { session, coverage, stopped, until } = report;
    const said = report.said?.replace(/\.$/, ""); // `X answered 403: Not permitted.`
    const again = `npx chatscribe capture ${session}${archiveFlag(context)}`;
    const held = coverage === null ? 0 : coverage.stored + coverage.untagged;
    const low = Math.min(...(coverage?.gaps ?? []).filter(({ from }) => from === coverage?.from).map(({ to }) => to));
    const upTo = low === Number.POSITIVE_INFINITY || held === 0 ? "" : ` up to ${new Date(low).toISOString().slice(11, 19)} UTC`;
    const saved = `Saved ${many(held, "tweet")}${upTo}.`;
    switch (stopped) {
      case "interrupted":
        return `${saved} Continue: ${again}`;
      case "credentials":
        return `${said}: the token is not taken: set X_BEARER_TOKEN to the bearer token of your app. ${saved} Continue: ${again}`;
      case "no access":
        return `${said}: the token has no access to this (tweets older than seven days need X's full archive). ${saved} Continue: ${again}`;
      case "no credit":
        return `${said}: the credit is used up: buy some at developer.x.com. ${saved} Continue: ${again}`;
      case "rate limit":
      case "max posts": {
        const at = until === null ? "" : ` at ${new Date(until).toISOString().slice(11, 16)} UTC`;
        return `${said}. ${saved} Continue${at}: ${again}`;
      }
      default:
        return `${said}. ${saved} What is missing is declared. Again: ${again}`;
    }
  },
};

const costWords = ({ requests, costUsd }: CaptureReport): string => `${many(requests, "request")}, $${costUsd.toFixed(2)}`;

function stateWords({ complete, gaps, at, nextSweep }: Coverage, zone: string): string {
  const next = nextSweep === null ? "" : `; next sweep ${when(nextSweep, zone)}`;
  if (complete === true) return `complete as of ${at === null ? "now" : when(at, zone)}`;
  if (complete === null) return `not over yet${next}`;
  return `incomplete: ${many(gaps.length, "gap")}${next}`;
}

/** `missing: 2 deleted, 1 protected (parents and quoted tweets)` */
function missingWords({ missing }: Coverage): string[] {
  if (missing.length === 0) return [];
  const kinds = [...Map.groupBy(missing, ({ why }) => why)].map(([why, ones]) => `${ones.length} ${why}`);
  return [`  tweets answered or quoted that nobody can have: ${kinds.join(", ")}`];
}
