import { html } from "hono/html";
import type { Html } from "../../templates/_parts/layout.ts";
import { outside, removed, section } from "../../templates/_parts/sections.ts";
import { hero, notes, titleOf } from "../../templates/_parts/session.ts";
import { href, stylePath } from "../site/paths.ts";
import { clock } from "../site/time.ts";
import { wordsOf } from "../site/words/words.ts";
import { excerpt } from "../text/excerpt.ts";
import { detail } from "./detail.ts";
import { button, form, hint } from "./forms.ts";
import { address, list } from "./list.ts";
import type { View } from "./view.ts";

/** The whole page. Its script puts each of the parts that have an id into its place. */
export const page = (view: View): Html => html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Review ${view.name}: ${titleOf(view.page)}</title>
<link rel="icon" href="${href(view.config, "assets/icon.svg")}" type="image/svg+xml">
${styles(view)}<script type="module" src="${href(view.config, "assets/desk.js")}"></script>
</head>
<body class="desk" data-hash="${view.hash}">
<a class="skip" href="#decision">To what lies open</a>
${bar(view)}
${said(view)}
<main class="table">
<div class="side">
${detail(view)}
${list(view)}
</div>
${transcript(view)}
</main>
${tweets(view)}
${help()}
</body>
</html>
`;

function styles({ config }: View): Html {
  const coloured = config.colours.accent !== null || config.colours.accentDark !== null;
  const own = config.theme.styles.map(({ name }) => stylePath(name));
  return html`${["assets/style.css", ...(coloured ? ["assets/colours.css"] : []), ...own, "assets/desk.css"].map((path) => html`<link rel="stylesheet" href="${href(config, path)}">\n`)}`;
}

function bar(view: View): Html {
  const { shown, name, step, fault } = view;
  const draft = shown.notes.status === "draft";
  const status = draft ? button("Mark as reviewed", "m") : button("Reviewed: make it a draft again", "m");
  return html`<header id="bar" class="bar">
<h1>Review <span>${name}</span></h1>
<div class="row">${step === null || fault !== null ? "" : form(view, "undo", button(html`Undo<span class="vh">: ${step.said}</span>`, "u"), { step: step.name })}<a class="act" href="${address("notes")}" data-key="n" aria-keyshortcuts="n">Notes ${hint("n")}</a>${fault !== null ? "" : form(view, "status", status, { to: draft ? "reviewed" : "draft" })}<button type="button" data-key="?" data-help aria-keyshortcuts="?">Keys ${hint("?")}</button></div>
</header>`;
}

function said({ said: words, fault }: View): Html {
  return html`<div id="said" class="messages"><p role="status" class="${words?.refused ? "refused" : "done"}">${words === null ? "" : `${words.refused ? "Not done: " : ""}${words.text}.`}</p>${fault === null ? "" : html`<p role="alert" class="refused">${fault}</p>`}<p id="gone" role="alert" class="refused" hidden></p></div>`;
}

/** As it will be published: the site's own parts. */
function transcript({ page: session, config, image, fault }: View): Html {
  const options = { config, base: "" };
  const { language, dir } = wordsOf(config);
  return html`<section id="transcript-pane" class="pane${fault === null ? "" : " old"}" aria-label="The transcript as it will be published" tabindex="0">
<article class="h-feed" lang="${language}" dir="${dir}">${hero(session, options)}
<div class="list" id="transcript">${notes(session, options)}
${session.sections.map((view) => section(view, { ...options, image }))}${outside(session.reposted, options)}${removed(session.tombstones, options)}</div>
</article>
</section>`;
}

/** What a tweet can be said to answer. */
const tweets = ({ shown, page: { zone } }: View): Html =>
  html`<datalist id="tweets">${shown.transcript.placed
    .filter(({ tweet, placement }) => tweet.repostOf === null && !placement.hidden)
    .map(
      ({ tweet }) =>
        html`<option value="${tweet.id}">@${tweet.author.handle} ${tweet.time === null ? "" : clock(zone, tweet.time)} ${excerpt(tweet.text, 70)}</option>`,
    )}<option value="none">it answers nobody</option></datalist>`;

const KEYS = [
  ["j, k", "the next, the one before (arrows do it in the list)"],
  ["a", "write what is proposed"],
  ["s", "it is right as it is: the file says so"],
  ["1 to 9", "move the tweet to that question"],
  ["w, o, e", "move it to welcome, aside, wrap-up"],
  ["h", "hide it"],
  ["i", "pin it, unpin it"],
  ["r", "write a remark; of a question, its words"],
  ["p", "say what it answers"],
  ["q, +, x", "it asks a numbered question, a side question, nothing"],
  ["g", "merge the question"],
  ["c", "take back what the file says of its place"],
  ["n, b, t", "title and notes; into the notes, into the title"],
  ["m", "mark as reviewed"],
  ["u", "undo"],
  ["Esc", "out of a field"],
  ["?", "this list"],
] as const;

const help = (): Html => html`<dialog id="help" aria-labelledby="help-h">
<h2 id="help-h">Keys</h2>
<dl>${KEYS.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
<p class="hint">Follow the time of a tweet, or the number of a question, in the transcript to open it here. Everything can be reached with Tab as well.</p>
<p><label><input type="checkbox" id="keys-on" checked> Single keys do something</label></p>
<form method="dialog"><button>Close</button></form>
</dialog>`;
