import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import type { Command, Context } from "./command.ts";
import { portOf } from "./names.ts";
import { archiveFlag, outFlag, outOf, ROOT } from "./paths.ts";

export const command: Command = {
  usage: "serve [--port 8080] [--out site] [--watch]",
  does: "Shows the built site on this machine until Ctrl-C. Nobody else can reach it.",
  example: "npx chatscribe serve --watch",
  options: { port: { type: "string" }, out: { type: "string" }, watch: { type: "boolean", default: false } },
  help: {
    "--port N": "default 8080",
    "--out DIR": "where the site is (default site)",
    "--watch": "builds again when notes, site.yml, theme or templates change",
  },
  words: [0, 0],
  async run(context) {
    const port = portOf("serve", context.options.port ?? "8080");
    const out = outOf(context);
    if (!existsSync(join(out, "index.html")))
      throw new UserError(`${out}: there is no site yet; type npx chatscribe build${outFlag(context)}${archiveFlag(context)}`);
    const [{ serve }, { readSite }] = await Promise.all([import("../site/serve.ts"), import("../config/archive.ts")]);
    const server = await serve(out, { port, pathPrefix: readSite(context.archive).pathPrefix });
    // Listened for before anybody is told that it can be stopped.
    const stopped = context.effects.stopped();
    context.result({ url: server.url }, [server.url]);
    context.say("Ctrl-C ends it.");
    const watching = context.options.watch === true ? rebuildOnChange(context) : null;
    await stopped;
    watching?.close();
    await server.close();
    context.next(`npx chatscribe status${archiveFlag(context)}`);
    return EXIT.done;
  },
};

/** Builds in a process of its own: edited modules stay in this one's cache. One build at a time; a change during it causes another. */
function rebuildOnChange(context: Context): { close(): void } {
  let running = false;
  let again = false;
  const build = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const child = spawn(
      process.execPath,
      [join(ROOT, "scripts", "chatscribe.js"), "build", "--archive", context.archive, "--out", outOf(context), "--quiet"],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    child.on("exit", (code) => {
      context.say(code === 0 ? "Built again." : `The build failed (exit ${code}); the site is as it was.`);
      running = false;
      if (again) {
        again = false;
        build();
      }
    });
  };
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(build, 150);
  };
  const folders = [join(context.archive, "chats"), join(context.archive, "theme"), join(ROOT, "templates"), join(ROOT, "src")].filter(
    (folder) => existsSync(folder),
  );
  const watchers = folders.map((folder) => watch(folder, { recursive: true }, changed));
  // The archive's own folder also holds the databases, which a build writes.
  watchers.push(watch(context.archive, (_, name) => (name === "site.yml" ? changed() : undefined)));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
