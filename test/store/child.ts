import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

/** Another process that runs `code` (an ES module that may import from src/ by `$SRC`); resolves at the first thing it prints. */
export async function child(code: string): Promise<ChildProcessWithoutNullStreams> {
  const src = new URL("../../src/", import.meta.url).href;
  const process_ = spawn(process.execPath, ["--input-type=module", "--eval", code.replaceAll("$SRC", src)]);
  let said = "";
  process_.stderr.on("data", (text) => {
    said += String(text);
  });
  const first = await Promise.race([once(process_.stdout, "data"), once(process_, "exit").then(() => null)]);
  if (first === null) throw new Error(`the child ended before it spoke: ${said}`);
  return process_;
}

/** Kills it as a power cut would, and waits until it is gone. */
export async function kill(one: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(one, "exit");
  one.kill("SIGKILL");
  await gone;
}
