import { html } from "hono/html";
import type { Strip } from "../../src/site/strip.ts";
import type { Html } from "./layout.ts";

/** The hour at a glance. Positions are percentages, so that one drawing fits a phone and a desk; what stands above one another is an
 *  `svg` of its own, which says its place once. */
export function plot(strip: Strip, label: string, base: string): Html {
  return html`<figure class="plot"><svg width="100%" height="88" role="group" aria-label="${label}">${strip.questions.map(
    ({ x, label: name, anchor, named }) =>
      html`<svg x="${x}%"><line y1="16" y2="58"/>${named ? html`<a href="${base}#${anchor}"><text y="11"${edge(x)}>${name}</text></a>` : ""}</svg>`,
  )}${strip.dots.map(({ x, level, host, late }) => html`<circle cx="${x}%" cy="${51 - 10 * level}" r="4.5"${late ? html` class="late"` : host ? html` class="h"` : ""}/>`)}${bars(strip.bars)}<line x2="100%" y1="62" y2="62"/>${strip.ticks.map(
    ({ x, text }) => html`<svg x="${x}%"><line y1="62" y2="67"/><text y="82"${edge(x)}>${text}</text></svg>`,
  )}</svg></figure>`;
}

/** Text near an end must not stick out. */
const edge = (x: number): Html | "" => (x < 3 ? html` class="s"` : x > 97 ? html` class="e"` : "");

const HEIGHT = 38;

function bars(spans: Strip["bars"]): Html | "" {
  if (spans.length === 0) return "";
  const unit = HEIGHT / Math.max(...spans.map(({ all }) => all));
  const bar = (height: number): string => (height === 0 ? "h1" : `v-${height}h.7v${height}h.3`);
  const path = (heights: readonly number[]): string => `M0 ${HEIGHT}${heights.map((height) => bar(Math.round(height * unit))).join("")}z`;
  return html`<svg x=".6%" y="22" width="98.8%" height="${HEIGHT}" viewBox="0 0 ${spans.length} ${HEIGHT}" preserveAspectRatio="none"><path d="${path(spans.map(({ all }) => all))}"/><path class="h" d="${path(spans.map(({ hosts }) => hosts))}"/></svg>`;
}
