// The Nu Html Checker, which is Java: a second opinion on every page, where both are there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** `vnu.jar`, as VNU_JAR names it (`npm pack vnu-jar`); null: it or Java is not there. */
export function findChecker(): string | null {
  const jar = process.env.VNU_JAR ?? "";
  return existsSync(jar) && spawnSync("java", ["-version"]).status === 0 ? jar : null;
}

/** What the checker's CSS is too old for; browsers that are, too, leave it out. */
const NEWER_CSS = /:target-current|scroll-target-group/;

/** `tea/index.html:12 The text …`, one for every error in a folder of pages. */
export function faultsOf(jar: string, dir: string): string[] {
  const told = spawnSync("java", ["-jar", jar, "--skip-non-html", "--errors-only", "--format", "json", dir], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const { messages } = JSON.parse(told.stderr) as { messages: { url: string; lastLine: number; message: string }[] };
  return messages
    .filter(({ message }) => !NEWER_CSS.test(message))
    .map(({ url, lastLine, message }) => `${url.split(`${dir}/`)[1]}:${lastLine} ${message}`);
}
