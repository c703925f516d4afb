// The search page (templates/search.11ty.ts): what is asked stands in its address.
import { stemmer } from "stemmer";
import { Stale } from "./blocks.js";
import { find, newestFirst, queryOf } from "./find.js";
import { words } from "./terms.js";

const SOME = 10;

const form = document.querySelector(".ask");
const found = document.querySelector(".found");
const list = found.querySelector("ol");
const older = found.querySelector("button");
const status = document.querySelector("[role=status]");
const said = document.querySelector("script[data-searching]").dataset;
const { lang } = document.documentElement;
const day = new Intl.DateTimeFormat(lang === "en" ? "en-001" : lang, { calendar: "gregory", dateStyle: "medium", timeZone: "UTC" });

const kept = new Map();
let cache = "default";
const world = {
  get(path) {
    if (!kept.has(path)) kept.set(path, bytesOf(path));
    return kept.get(path);
  },
  renew() {
    kept.clear();
    cache = "reload";
  },
};

async function bytesOf(path) {
  const response = await fetch(new URL(path, form.action), { cache });
  if (!response.ok) throw new Stale(response.status);
  return response.arrayBuffer();
}

/** The search that is shown. One that another has taken the place of says nothing any more. */
let shown;

/** The address says what is asked, the form shows it. */
function start() {
  const address = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = address.has(field.name);
    else field.value = address.get(field.name) ?? "";
  }
  const { q, chat, year, from, is } = form.elements;
  const filters = [from.value.trim() && `from:${from.value.trim()}`, is.checked && "is:question"].filter(Boolean);
  const query = queryOf([...filters, q.value].join(" "), stemmer);
  const chats = [...chat.options].map(({ value }) => value).filter((one) => one !== "" && [one, ""].includes(chat.value));
  const asked = { query, year: year.value === "" ? null : Number(year.value) };
  shown = { query, hits: newestFirst(chats.map((one) => find(one, asked, world))), ids: new Set() };
  list.replaceChildren();
  found.hidden = query.wants.length === 0;
  if (!found.hidden) void more(shown);
}

/** Shows some more; gives the first of them. */
async function more(search) {
  const { hits, ids } = search;
  const most = ids.size + SOME;
  let first;
  let done = false;
  older.hidden = true;
  say("searching");
  try {
    while (!done && ids.size < most) {
      const next = await hits.next();
      if (search !== shown) return;
      done = next.done;
      if (done || ids.has(next.value.id)) continue;
      ids.add(next.value.id);
      list.append(item(next.value, search));
      first ??= list.lastElementChild;
    }
    say(ids.size === 0 ? "none" : done ? "all" : "some", ids.size);
    older.hidden = done;
  } catch (error) {
    if (search !== shown) return;
    console.warn(error);
    kept.clear();
    say("failed");
  }
  return first;
}

function say(what, count) {
  status.textContent = said[what].replace("{count}", count);
}

function item({ chat, slug, id, author, time, text }, { query }) {
  const piece = document.querySelector("#hit").content.cloneNode(true);
  const [link, moment, by, where, content] = ["a", "time", "bdi", "span", ".e-content"].map((part) => piece.querySelector(part));
  link.href = new URL(`../${chat}/${slug}/#t${id}`, form.action);
  moment.dateTime = time ?? slug.slice(0, 10);
  moment.textContent = `${day.format(new Date(moment.dateTime.slice(0, 10)))} ${moment.dateTime.slice(11, 16)}`.trim();
  by.textContent = `@${author}`;
  where.textContent = form.elements.chat.querySelector(`[value="${chat}"]`).textContent;
  content.append(...marked(text, query));
  return piece;
}

/** A text, what is found in it marked. */
function marked(text, { wants }) {
  const parts = [];
  let at = 0;
  for (const { start, end, terms } of words(text)) {
    if (!wants.some(({ meant }) => terms.some(meant))) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(Math.max(at, start), end);
    parts.push(text.slice(at, start), mark);
    at = end;
  }
  return [...parts, text.slice(at)];
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = [...new FormData(form)].filter(([, value]) => value !== "");
  history.pushState(null, "", `?${new URLSearchParams(asked)}`);
  start();
});
form.addEventListener("change", ({ target }) => target.type !== "search" && form.requestSubmit());
older.addEventListener("click", async () => (await more(shown))?.querySelector("a").focus());
addEventListener("popstate", start);
start();
