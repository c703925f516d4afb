import { askingNumber } from "./asks.ts";
import type { Parsed } from "./parse.ts";

/** What speaks for one number: who asked it first, and how many others wrote it afterwards. */
interface FirstAsk {
  readonly who: string;
  readonly followers: Set<string>;
}

/** Who asks the series where no host is named: whoever asks two different numbers before anyone else writes them, and whoever asks one
 *  that three others take up afterwards. At least two numbers in all; else nobody. A guess: see Board.hostsAre. */
export function guessHosts(tweets: readonly Parsed[]): ReadonlySet<string> {
  const firsts = firstAsks(tweets);
  const asked = new Map<string, number>();
  for (const { who } of firsts) asked.set(who, (asked.get(who) ?? 0) + 1);
  const taken = firsts.filter(({ who, followers }) => (asked.get(who) ?? 0) >= 2 || followers.size >= 3);
  return new Set(taken.length < 2 ? [] : taken.map(({ who }) => who));
}

/** For every number the first tweet that asks it, unless two others had written the number before: they answered something. */
function firstAsks(tweets: readonly Parsed[]): FirstAsk[] {
  const firsts = new Map<string, FirstAsk>();
  const before = new Map<string, Set<string>>();
  for (const p of tweets) {
    const asks = p.question && p.lead.length === 0 && p.tweet.replyTo === null ? askingNumber(p) : null;
    const key = asks?.key ?? p.own?.key;
    if (key === undefined) continue;
    const first = firsts.get(key);
    const writers = before.get(key) ?? new Set();
    if (first !== undefined && first.who !== p.who) first.followers.add(p.who);
    else if (first === undefined && asks !== null && writers.size < 2) firsts.set(key, { who: p.who, followers: new Set() });
    before.set(key, writers.add(p.who));
  }
  return [...firsts.values()];
}
