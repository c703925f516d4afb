// "Quote" puts a tweet on the clipboard, as text and as markup. Without this script it is a link to the tweet.
const safe = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function formsOf(entry) {
  const link = entry.querySelector(".u-url").href;
  const who = entry.querySelector(".p-author").textContent.trim();
  const text = entry.querySelector(".e-content").textContent.trim();
  const day = entry.querySelector("time.dt-published")?.dateTime.slice(0, 10);
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
  control.textContent = words;
  status.textContent = `${words}.`;
  setTimeout(() => {
    control.textContent = "Quote";
    status.textContent = "";
  }, 2000);
}

document.addEventListener("click", async (event) => {
  const control = event.target.closest("[data-quote]");
  if (control === null || event.metaKey || event.ctrlKey || event.shiftKey || typeof ClipboardItem === "undefined") return;
  event.preventDefault();
  const forms = Object.entries(formsOf(control.closest(".h-entry")));
  const item = new ClipboardItem(Object.fromEntries(forms.map(([type, text]) => [type, new Blob([text], { type })])));
  try {
    await navigator.clipboard.write([item]);
    say(control, "Copied");
  } catch {
    location.href = control.href; // the reader's browser forbids it: the link still works
  }
});

for (const field of document.querySelectorAll("textarea[readonly]")) field.addEventListener("focus", () => field.select());
