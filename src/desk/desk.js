// The page is the server's own: this script sends its forms, puts the parts of the answer into their places, gives every control its key,
// and looks whether the file has changed. Without it, links and forms do the same.
const PARTS = ["bar", "said", "decision", "decisions", "transcript-pane", "tweets"];
const part = (id) => document.getElementById(id);
const here = () => new URL("./", location.href);
let hash = document.body.dataset.hash;
/** Counts the pages that were put in the place of this one. */
let shown = 0;
/** What the server said of each part, before this script touched it. */
const told = new Map(PARTS.map((id) => [id, part(id).outerHTML]));

/** Puts a page in the place of this one, part by part: what is the same stays, with its place and its focus. */
function show(text, { focus = false } = {}) {
  const next = new DOMParser().parseFromString(text, "text/html");
  if (next.body.dataset.hash === undefined) return tell(next.body.textContent.trim());
  shown++;
  const pane = part("transcript-pane").scrollTop;
  const lost = focus || part("decision").contains(document.activeElement) || part("bar").contains(document.activeElement);
  for (const id of PARTS) {
    const fresh = next.getElementById(id);
    const words = fresh.outerHTML;
    if (told.get(id) === words) continue;
    told.set(id, words);
    part(id).replaceWith(fresh);
  }
  hash = next.body.dataset.hash;
  document.title = next.title;
  part("transcript-pane").scrollTop = pane;
  settle();
  if (lost && document.activeElement === document.body) part("decision-h").focus({ preventScroll: true });
}

/** What the page alone can do: links of the transcript, the tweet that lies open. */
function settle() {
  for (const link of document.querySelectorAll("#transcript-pane a[href]:not(svg a)")) {
    if (link.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    } else if (link.hash === "") link.removeAttribute("href"); // a page of the site, once that is built
  }
  const at = new URLSearchParams(location.search).get("at") ?? document.querySelector("[data-do] [name=at]")?.value;
  for (const old of document.querySelectorAll(".open")) old.classList.remove("open");
  reveal(part(at ?? ""), false);
}

/** Brings a part of the transcript into view; a page that is one column stays where it is unless asked. */
function reveal(element, asked) {
  if (element === null || !part("transcript-pane").contains(element)) return;
  for (let fold = element.closest("details"); fold !== null; fold = fold.parentElement.closest("details")) fold.open = true;
  element.classList.add("open");
  if (asked || matchMedia("(width >= 64rem)").matches) element.scrollIntoView({ block: "center" });
}

function tell(words) {
  const gone = part("gone");
  if (gone.hidden === (words === "") && gone.textContent === words) return;
  gone.textContent = words;
  gone.hidden = words === "";
}

const GONE = "The desk does not answer: start it again in the terminal. What is in the file is safe; what you are writing is still here.";

async function ask(address, options) {
  try {
    const answer = await fetch(address, options);
    const text = await answer.text();
    if (part("gone").textContent === GONE) tell("");
    return { answer, text };
  } catch {
    tell(GONE);
    return null;
  }
}

/** Counts what the reader asked for: a page that was asked for before is opened no more. */
let turn = 0;

async function open(address, { focus = true } = {}) {
  const own = ++turn;
  const got = await ask(address);
  if (got === null || own !== turn) return;
  history.replaceState(null, "", address);
  show(got.text, { focus });
}

let sending = false;
async function send(form, submitter) {
  if (sending) return;
  sending = true;
  turn++;
  const what = form.dataset.do;
  const written = [...form.querySelectorAll("input:not([type=hidden]), textarea")].map((field) => [field.name, field.value]);
  const got = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
  sending = false;
  if (got === null) return;
  const { answer, text } = got;
  const next = new DOMParser().parseFromString(text, "text/html").querySelector("#decision [name=at]")?.value;
  if (next !== undefined) history.replaceState(null, "", `${here()}?at=${encodeURIComponent(next)}`);
  show(text, { focus: answer.ok });
  if (answer.ok) return;
  // what was written and not taken stays
  const again = document.querySelector(`#decision form[data-do="${what}"]`);
  for (const [name, value] of written) if (again?.elements[name] !== undefined) again.elements[name].value = value;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  void send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (event.target.closest("[data-help]") !== null) return part("help").showModal();
  const link = event.target.closest("a[href]");
  if (link === null || link.origin !== location.origin) return;
  const id = decodeURIComponent(link.hash.slice(1));
  if (link.closest("#transcript-pane") !== null && link.matches(".u-url, .n")) {
    event.preventDefault();
    void open(`${here()}?at=${encodeURIComponent(id)}`);
  } else if (link.hash !== "" && part(id) !== null) {
    event.preventDefault();
    if (link.matches(".skip")) part(id).querySelector("h2").focus();
    else reveal(part(id), true);
  } else if (link.hash === "" && link.pathname === location.pathname.replace(/do$/, "")) {
    event.preventDefault();
    void open(link.href);
  }
});

/** The entry after or before the one that lies open. */
function step(by) {
  const links = [...document.querySelectorAll("#decisions ol a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[at < 0 ? 0 : at + by];
  if (next !== undefined) void open(next.href, { focus: !part("decisions").contains(document.activeElement) }).then(keepFocus);
}

function keepFocus() {
  if (document.activeElement === document.body) document.querySelector("#decisions [aria-current]")?.focus();
}

const writes = (target) => target.closest("input:not([type=checkbox]), textarea, select") !== null;

const keysOn = part("keys-on");
keysOn.checked = localStorage.getItem("keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "Escape" && writes(target)) return part("decision-h").focus();
  if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.form != null) return target.form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || part("help").open || writes(target)) return;
  const inList = target.closest("#decisions") !== null;
  const by = inList ? { ArrowDown: 1, ArrowUp: -1 }[key] : undefined;
  if (by === undefined && !keysOn.checked) return;
  const steps = by ?? { j: 1, k: -1 }[key];
  if (steps !== undefined) {
    event.preventDefault();
    return step(steps);
  }
  const control = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (control === undefined) return;
  event.preventDefault();
  if (!writes(control)) return control.click();
  control.focus();
  control.select?.();
});

/** Somebody is writing: nothing is put in the place of what they write. */
const busy = () =>
  [...document.querySelectorAll("#decision :is(input:not([type=hidden]), textarea)")].some((field) => field.value !== field.defaultValue) ||
  document.activeElement?.matches("#decision :is(input, textarea, select)");

async function look() {
  if (document.hidden || sending) return;
  const since = shown;
  const got = await ask(new URL("now", here()));
  if (got === null) return;
  if (!got.answer.ok) return tell("This page is from before the desk was started again: open the address that the terminal shows now.");
  if (JSON.parse(got.text).hash === hash) return;
  if (busy()) return tell("The file was changed elsewhere. Send what you are writing, or leave the field, and this page follows.");
  tell("");
  const page = await ask(location.pathname.endsWith("/do") ? here() : location.href);
  if (page !== null && since === shown && !busy()) show(page.text);
}
setInterval(look, 1000);
document.addEventListener("visibilitychange", look);

settle();
