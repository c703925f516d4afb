// Dates of next sessions: passes over those that are gone, and tells the next one in the reader's own time.
// In the page's language: as the reader's browser writes it, where it knows that one too.
const { lang } = document.documentElement;
const spoken = navigator.languages.find((known) => known.split("-")[0] === lang.split("-")[0]) ?? lang;
const { yours: said } = document.querySelector("script[data-yours]").dataset;
const here = new Intl.DateTimeFormat(spoken, {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});

for (const list of document.querySelectorAll("[data-next]")) {
  const dates = [...list.children];
  const ahead = dates.filter((item) => {
    const time = item.querySelector("time");
    return Date.parse(time.dateTime) + Number(time.dataset.minutes) * 60_000 > Date.now();
  });
  if (ahead.length === 0) continue;
  for (const item of dates) item.hidden = true;
  for (const item of ahead.slice(0, Number(list.dataset.next))) item.hidden = false;
  const yours = document.createElement("span");
  yours.className = "yours";
  yours.textContent = said.replace("{time}", () => here.format(new Date(ahead[0].querySelector("time").dateTime)));
  ahead[0].append(document.createElement("br"), yours);
}
