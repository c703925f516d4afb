import type { Served } from "../site/serve.ts";
import { deskApp } from "./app.ts";
import { Desk } from "./desk.ts";
import { newToken } from "./guard.ts";
import { listen } from "./listen.ts";
import { notesFile, stand, type Where } from "./session.ts";

export interface ServeOptions {
  readonly port: number;
  bug(error: unknown): void;
}

/** Opens the desk for one session, on this machine only. Throws a UserError where the session's file cannot be read. */
export function serveDesk(where: Where, { port, bug }: ServeOptions): Promise<Served> {
  const { archive, chat, slug } = where;
  const file = notesFile(archive.folder.file(chat, slug));
  const desk = new Desk({ file, stand: (notes, exists) => stand(where, notes, exists) });
  desk.standing(desk.look().text);
  const token = newToken();
  return listen(port, (own) => {
    const app = deskApp({ desk, where, file: file.name, guard: { token, port: own }, bug });
    return { path: `/${token}/`, answer: (request) => app.fetch(request) };
  });
}
