import { html } from "hono/html";
import type { Html } from "../../templates/_parts/layout.ts";
import { clock } from "../site/time.ts";
import type { ReviewEntry } from "../thread/review.ts";
import { entryKey } from "./standing.ts";
import type { View } from "./view.ts";

export const address = (at: string): string => `./?at=${encodeURIComponent(at)}`;

/** What needs a decision, worst first. */
export function list(view: View): Html {
  const { shown, at } = view;
  const { entries, more } = shown;
  return html`<nav id="decisions" class="decisions" aria-labelledby="decisions-h">
<h2 id="decisions-h">${headline(entries.length + more)}</h2>
<ol>${entries.map((entry) => html`<li>${line(view, entry, entryKey(entry) === at)}</li>\n`)}</ol>
${more === 0 ? "" : html`<p class="hint">and ${more} more, less pressing than these</p>`}${hidden(view)}
</nav>`;
}

const headline = (n: number): string =>
  n === 0 ? "Nothing needs you" : n === 1 ? "1 thing to look at" : `${n} things to look at, worst first`;

function line({ page, at: _ }: View, entry: ReviewEntry, here: boolean): Html {
  const { id, who, time, text, why, stands } = entry;
  const current = here ? html` aria-current="true"` : "";
  if (id === null) return html`<a href="${address(entryKey(entry))}"${current}><span class="what" dir="auto">${why}</span></a>`;
  return html`<a href="${address(entryKey(entry))}"${current}><span class="meta">${time === null ? "" : clock(page.zone, time)} <bdi>@${who}</bdi>${stands === null ? "" : html` <b>${stands}</b>`}</span> <span class="what" dir="auto">${text}</span></a>`;
}

/** Hidden tweets stand nowhere on the page: here they can be found again. */
function hidden({ shown, at }: View): Html | "" {
  const tweets = shown.transcript.placed.filter(({ placement }) => placement.hidden);
  if (tweets.length === 0) return "";
  return html`<details class="hidden"${tweets.some(({ tweet }) => `t${tweet.id}` === at) ? html` open` : ""}><summary>Hidden (${tweets.length})</summary><ul>${tweets.map(
    ({ tweet }) =>
      html`<li><a href="${address(`t${tweet.id}`)}"${`t${tweet.id}` === at ? html` aria-current="true"` : ""}><bdi>@${tweet.author.handle}</bdi> <span class="what" dir="auto">${tweet.text.slice(0, 80)}</span></a></li>`,
  )}</ul></details>`;
}
