import { html } from "hono/html";
import type { Html } from "../../templates/_parts/layout.ts";
import type { PlacedTweet, Question } from "../model.ts";
import { clock } from "../site/time.ts";
import { excerpt } from "../text/excerpt.ts";
import { tweetHtml } from "../text/html.ts";
import { markdownHtml } from "../text/markdown.ts";
import type { ReviewEntry } from "../thread/review.ts";
import { canKeep, linesOf, proposalOf } from "./entries.ts";
import { button, form, hint, keyed } from "./forms.ts";
import { entryKey, labelOf, saidOf } from "./standing.ts";
import type { View } from "./view.ts";

/** What lies open, and what can be done about it. */
export function detail(view: View): Html {
  const { open } = view;
  const [title, body] =
    open.kind === "notes"
      ? (["Title, hosts and notes", notes(view)] as const)
      : open.kind === "question"
        ? ([labelOf(open.question), question(view, open.question)] as const)
        : open.kind === "session"
          ? (["About the session", session(view, open.entry)] as const)
          : ([
              html`<bdi>@${open.placed.tweet.author.handle}</bdi>${time(view, open.placed)}`,
              tweet(view, open.placed, open.entry),
            ] as const);
  return html`<section id="decision" class="decision" aria-labelledby="decision-h">
<h2 id="decision-h" tabindex="-1">${title}</h2>
${view.fault === null ? body : unreadable(view)}
</section>`;
}

/** What was written meanwhile stays, to be sent or copied later. */
const unreadable = ({ draft }: View): Html => html`<p class="hint">Nothing can be decided until the file can be read again.</p>
${draft === null ? "" : html`<label>What you wrote<textarea rows="14" dir="auto">${draft}</textarea></label>`}`;

const time = ({ page }: View, { tweet: { time: at } }: PlacedTweet): string => (at === null ? "" : ` at ${clock(page.zone, at)}`);

function tweet(view: View, placed: PlacedTweet, entry: ReviewEntry | null): Html {
  return html`<blockquote dir="auto">${tweetHtml(placed.tweet)}</blockquote>
<p class="stands">${stands(view, placed)}${placed.placement.hidden ? "" : html` <a href="#t${placed.tweet.id}">Show it</a>`}</p>
${entry === null ? "" : proposal(view, entry)}
${placed.placement.asks === null ? moves(view, placed) : ""}
${tools(view, placed)}`;
}

/** Q2, by its number (0.95): answers @amy “green, always” */
function stands({ shown }: View, { placement: p }: PlacedTweet): Html {
  const question = shown.transcript.questions.find(({ number }) => number === p.question);
  const asked = shown.transcript.questions.find(({ number }) => number === p.asks);
  const where =
    asked !== undefined ? html`Asks ${labelOf(asked)}` : html`Stands in ${question === undefined ? p.section : labelOf(question)}`;
  const parent = shown.transcript.placed.find((one) => one.tweet.id === p.parent)?.tweet;
  return html`${p.hidden ? "Hidden" : where}${p.reason === "edit" ? ", as the file says" : html`, by ${p.reason} (${p.confidence.toFixed(2)})`}${
    parent === undefined ? "" : html`; answers <bdi>@${parent.author.handle}</bdi> <q dir="auto">${excerpt(parent.text, 60)}</q>`
  }.`;
}

function proposal(view: View, entry: ReviewEntry): Html {
  const fields = { entry: entryKey(entry), lines: linesOf(entry) };
  const stale = entry.kind === "stale edit";
  const can = stale || proposalOf(entry) !== null;
  const { write, why, below } = entry;
  return html`<div class="proposal"><p class="why" dir="auto">${why}${below === 0 ? "" : html` <span>(${below} more ${below === 1 ? "tweet stands" : "tweets stand"} or ${below === 1 ? "falls" : "fall"} with it)</span>`}</p>
${write === null ? "" : html`<pre dir="auto">${write.under === null ? "" : `${write.under}:\n`}${write.lines.map((one) => (write.under === null ? one : `  ${one}`)).join("\n")}</pre>`}
<div class="row">${can ? form(view, "accept", button(stale ? "Take the line out" : "Write this", "a"), fields) : ""}${canKeep(entry) ? form(view, "keep", button("It is right as it is", "s"), fields) : ""}</div></div>`;
}

const SECTIONS = [
  ["welcome", "w"],
  ["aside", "o"],
  ["wrap-up", "e"],
] as const;

/** One button a place; Q1 to Q9 by their digits. */
function moves(view: View, placed: PlacedTweet): Html {
  const { questions } = view.shown.transcript;
  const here = (to: string): Html | "" => (standsIn(view, placed) === to ? html` aria-pressed="true"` : "");
  const to = (value: string, words: Html | string, key: string | null, title = ""): Html =>
    button(words, key, html` name="to" value="${value}"${title === "" ? "" : html` title="${title}"`}${here(value)}`);
  return html`<fieldset><legend>Move it to</legend>${form(
    view,
    "move",
    html`<div class="row">${questions.map((q) =>
      q.side
        ? to(q.anchor, html`+ <span class="short" dir="auto">${excerpt(q.text, 24)}</span>`, null, q.text)
        : to(q.anchor, q.label, /^Q([1-9])$/.exec(q.label)?.[1] ?? null, q.text),
    )}${SECTIONS.map(([name, key]) => to(name, name, key))}</div>`,
    { tweet: placed.tweet.id },
  )}</fieldset>`;
}

function standsIn({ shown }: View, { placement }: PlacedTweet): string {
  return shown.transcript.questions.find(({ number }) => number === placement.question)?.anchor ?? placement.section;
}

function tools(view: View, placed: PlacedTweet): Html {
  const { notes: said } = view.shown;
  const { tweet: t, placement } = placed;
  const fields = { tweet: t.id };
  const remark = saidOf(said.remarks, placed)?.text ?? "";
  const pinned = saidOf(said.pins, placed) !== null;
  return html`<fieldset><legend>Or</legend>
<div class="row">${placement.hidden ? "" : form(view, "hide", button("Hide it", "h"), fields)}${
    pinned ? form(view, "unpin", button("Unpin it", "i"), fields) : placement.hidden ? "" : form(view, "pin", button("Pin it", "i"), fields)
  }${saidOf(said.edits, placed) === null ? "" : form(view, "clear", button("Take back what the file says", "c"), fields)}</div>
${form(view, "remark", html`<label>Remark ${hint("r")}<input name="text" value="${remark}" autocomplete="off" dir="auto"${keyed("r")}></label>${button("Remark")}`, fields)}
${form(view, "parent", html`<label>It answers ${hint("p")}<input name="to" list="tweets" placeholder="@name, words, id or none" autocomplete="off"${keyed("p")}></label>${button("Set")}`, fields)}
<div class="row">${placement.asks === null ? "" : form(view, "unask", button("It asks nothing", "x"), fields)}${form(view, "ask", button("Side question", "+"), fields)}${form(
    view,
    "ask",
    html`<label>It asks Q ${hint("q")}<input name="number" inputmode="numeric" size="3" required autocomplete="off"${keyed("q")}></label>${button("Set")}`,
    fields,
  )}</div></fieldset>`;
}

function question(view: View, asked: Question): Html {
  const others = view.shown.transcript.questions.filter(({ anchor }) => anchor !== asked.anchor);
  const fields = { question: asked.anchor };
  return html`<p class="stands" dir="auto">${asked.text} <a href="#${asked.anchor}">Show it</a></p>
${form(view, "rename", html`<label>Its words ${hint("r")}<input name="text" value="${asked.text}" required autocomplete="off" dir="auto"${keyed("r")}></label>${button("Rename")}`, fields)}
${
  others.length === 0
    ? ""
    : form(
        view,
        "merge",
        html`<label>Merge it into ${hint("g")}<select name="into"${keyed("g")}>${others.map((one) => html`<option value="${one.anchor}">${one.label} ${excerpt(one.text, 50)}</option>`)}</select></label>${button("Merge")}`,
        fields,
      )
}
<div class="row">${asked.side ? "" : form(view, "side", button("Make it a side question", "+"), fields)}</div>`;
}

function session(view: View, entry: ReviewEntry): Html {
  // "- { number: 3, text: "" }": its words are still to be written
  const number = /\bnumber: (\d+), text: ""/.exec(entry.write?.lines[0] ?? "")?.[1];
  const needsHosts = entry.kind === "hosts" || entry.kind === "no question";
  return html`${proposal(view, entry)}
${number === undefined ? "" : form(view, "question", html`<label>The words of Q${number} ${hint("r")}<input name="text" required autocomplete="off" dir="auto"${keyed("r")}></label>${button("Write")}`, { number })}
${needsHosts ? hosts(view) : ""}${entry.kind === "gap" ? html`<p class="hint">No line of the file can fill it: <code>npx chatscribe capture ${view.name}</code></p>` : ""}`;
}

const hosts = (view: View): Html =>
  form(
    view,
    "hosts",
    html`<label>Hosts<input name="hosts" value="${view.hosts.map((one) => `@${one}`).join(" ")}" required autocomplete="off"></label>${button("Name them")}`,
  );

function notes(view: View): Html {
  const { shown, draft } = view;
  const body = draft ?? shown.notes.body;
  const title = shown.notes.title ?? "";
  return html`${form(view, "title", html`<label>Title ${hint("t")}<input name="text" value="${title}" placeholder="${view.page.data.card.title}" autocomplete="off" dir="auto"${keyed("t")}></label>${button("Write")}`)}
${hosts(view)}
${form(
  view,
  "notes",
  html`<label>Notes, in Markdown ${hint("b")}<textarea name="body" rows="14" dir="auto" spellcheck="true"${keyed("b")}>${body}</textarea></label>
<div class="row">${button("Write the notes", null, html` data-send`)}<button type="submit" name="preview" value="1">Preview</button></div>`,
)}
${draft === null ? "" : html`<div class="preview"><h3>Preview: not written yet</h3><div class="notes">${markdownHtml(draft, { prefix: view.config.pathPrefix })}</div>${draftBeside(view)}</div>`}`;
}

/** Where the file's notes are others than those that were written on, both are shown: nothing is lost. */
function draftBeside({ shown, said }: View): Html | "" {
  if (said?.refused !== true) return "";
  return html`<h3>The file says now</h3><pre dir="auto">${shown.notes.body}</pre>`;
}
