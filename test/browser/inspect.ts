import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Nothing to scroll sideways, nothing axe objects to. */
export async function inspect(page: Page, path: string, width: number): Promise<void> {
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width, `${path} scrolls sideways`);
  await page.addStyleTag({ content: "* { content-visibility: visible !important } .tool { opacity: 1 !important }" });
  await page.evaluate(AXE);
  const found = await page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
  const { violations } = found as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
  assert.deepEqual(
    violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]),
    [],
    path,
  );
}
