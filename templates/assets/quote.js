// "Quote" puts a tweet on the clipboard, as text and as markup. Without this script, the time is the link to quote.
const said = document.querySelector("script[data-copied]").dataset;
const pattern = document.createElement("span");
pattern.className = "tool";
const quote = document.createElement("a");
quote.dataset.quote = "";
quote.textContent = said.word;
pattern.append(quote, " ");

// Pages do not say it once for every tweet. Some at a time, so that a long page can be read meanwhile.
const later = globalThis.requestIdleCallback ?? setTimeout;
function equip(links) {
  for (const link of links.splice(0, 500)) {
    const by = link.closest("p");
    if (by.querySelector("[data-quote]") !== null) continue;
    const tool = pattern.cloneNode(true);
    tool.firstChild.href = link.href;
    const original = by.querySelector(".tool");
    if (original === null) link.before(tool, " ");
    else {
      original.replaceWith(tool);
      original.className = "";
      tool.append(original);
    }
  }
  if (links.length > 0) later(() => equip(links));
}
equip([...document.querySelectorAll(":is(li, header, .again).h-entry .u-url")]);

// A question has a link of its own beside that of the tweet that asks it.
for (const name of document.querySelectorAll(".q > header > .n")) {
  const link = document.createElement("a");
  link.dataset.link = "";
  link.textContent = said.link;
  link.href = name.href;
  const by = name.parentNode.querySelector(".by:last-of-type");
  const tool = by.querySelector("span.tool") ?? by.appendChild(document.createElement("span"));
  tool.className = "tool";
  tool.append(" ", link);
}

const safe = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function formsOf(control) {
  const by = control.closest("p");
  const entry = by.closest(".h-entry");
  const link = by.querySelector(".u-url").href;
  const who = by.querySelector(".p-author").textContent.trim();
  const text = entry.querySelector(".e-content").textContent.trim();
  const day = by.querySelector("time.dt-published")?.dateTime.slice(0, 10);
  const when = day === undefined ? "" : `, <time datetime="${day}">${day}</time>`;
  const words = safe(text).replaceAll("\n", "<br>");
  return {
    "text/plain": `“${text}” — ${who}${day === undefined ? "" : `, ${day}`} ${link}`,
    "text/html": `<blockquote cite="${safe(link)}"><p>${words}</p><footer>— <cite><a href="${safe(link)}">${safe(who)}</a></cite>${when}</footer></blockquote>`,
  };
}

const status = document.createElement("p");
status.role = "status";
status.className = "vh";
document.body.append(status);

function say(control, words) {
  const before = control.textContent;
  control.textContent = words;
  status.textContent = `${words}.`;
  setTimeout(() => {
    control.textContent = before;
    status.textContent = "";
  }, 2000);
}

document.addEventListener("click", async (event) => {
  const control = event.target.closest("[data-quote], [data-link]");
  if (control === null || event.metaKey || event.ctrlKey || event.shiftKey || typeof ClipboardItem === "undefined") return;
  event.preventDefault();
  if (control.textContent === said.copied) return;
  const forms = Object.entries("link" in control.dataset ? { "text/plain": control.href } : formsOf(control));
  const item = new ClipboardItem(Object.fromEntries(forms.map(([type, text]) => [type, new Blob([text], { type })])));
  try {
    await navigator.clipboard.write([item]);
    say(control, said.copied);
  } catch {
    location.href = control.href; // the reader's browser forbids it: the link still works
  }
});

for (const field of document.querySelectorAll("textarea[readonly]")) field.addEventListener("focus", () => field.select());

// Chromium opens the folded section of a tweet that a link leads to, but may not go to the tweet; and sections that are laid out as they come
// near push it away again. So the page goes there at each change of its height, until who reads moves it, or it has had time to come to rest (ms).
const REST = 2000;
const follow = new ResizeObserver(() => document.querySelector("details :target")?.scrollIntoView());
const start = () => follow.observe(document.body);
const stop = () => follow.disconnect();
let end;
const stopSoon = () => {
  clearTimeout(end);
  end = setTimeout(stop, REST);
};
for (const move of ["wheel", "pointerdown", "keydown", "click"]) addEventListener(move, stop, { passive: true });
addEventListener("hashchange", () => {
  stop();
  start();
  stopSoon();
});
const [{ type }] = performance.getEntriesByType("navigation");
if (type === "navigate") {
  start();
  addEventListener("load", stopSoon);
}
