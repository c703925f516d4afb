import { Hono } from "hono";
import { UserError } from "../errors.ts";
import type { SiteConfig } from "../model.ts";
import { type ImageFinder, imagesOf } from "../site/media.ts";
import { pictureIn } from "../site/open.ts";
import { sessionPage } from "../site/page.ts";
import { cleanText } from "../text/clean.ts";
import { actionOf, type Form } from "./action.ts";
import { type Asset, assetOf } from "./assets.ts";
import type { Desk } from "./desk.ts";
import { type Guard, HEADERS, refuse } from "./guard.ts";
import { page } from "./page.ts";
import type { Shown, Where } from "./session.ts";
import { nextAt, openAt, type Said } from "./view.ts";

export interface AppOptions {
  readonly desk: Desk<Shown>;
  readonly where: Where;
  /** The session's file, as messages name it. */
  readonly file: string;
  readonly guard: Guard;
  /** Told of what is nobody's mistake but ours. */
  bug(error: unknown): void;
}

/** The desk as requests and answers. What changes the file is a POST of a form of its own page; a GET never does. */
export function deskApp(options: AppOptions): Hono {
  const { guard, desk, bug } = options;
  const show = shower(options);
  const app = new Hono();
  app.use(async (context, next) => {
    const refused = refuse(context.req.raw, guard);
    if (refused !== null) return context.text(`${refused[1]}\n`, refused[0], HEADERS);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  });
  const root = `/${guard.token}`;
  app.get(root, (context) => context.redirect(`${root}/`));
  app.get(`${root}/`, (context) => context.html(show.page({ at: context.req.query("at") ?? null })));
  app.get(`${root}/now`, (context) => context.json({ hash: desk.look().hash }));
  app.get(`${root}/assets/*`, async (context) => {
    const asset = await show.asset(context.req.path.slice(`${root}/assets/`.length));
    return asset === null ? context.notFound() : context.body(asset.body, 200, { "content-type": asset.type });
  });
  app.post(`${root}/do`, async (context) => {
    const form: Form = new Map(new URLSearchParams(await context.req.text()));
    const { status, ...shown } = carryOut(desk, form);
    return context.html(show.page(shown), status);
  });
  app.notFound((context) => context.text("This page is not on the desk: it is part of the site, once that is built.\n", 404, HEADERS));
  app.onError((error, context) => {
    bug(error);
    return context.text("This is a bug; what happened is told where the desk was started. Nothing was written.\n", 500, HEADERS);
  });
  return app;
}

interface Outcome {
  readonly at: string | null;
  readonly said?: Said;
  readonly draft?: string;
}

/** Does what a form says. A refusal is an answer like any other: the page as it is, and why. */
function carryOut(desk: Desk<Shown>, form: Form): Outcome & { readonly status: 200 | 400 | 409 } {
  const at = form.get("at") ?? null;
  const base = form.get("base") ?? "";
  const body = form.get("do") === "notes" ? { draft: form.get("body") ?? "" } : {};
  if (form.has("preview")) return { status: 200, at, ...body };
  try {
    if (form.get("do") === "undo") {
      const step = desk.undo(form.get("step") ?? "");
      return { status: 200, at: step.at, said: { text: `Undone: ${step.said}`, refused: false } };
    }
    const action = asked(form);
    if (action instanceof UserError) return { status: 400, at, said: { text: action.message, refused: true }, ...body };
    const before = desk.standing(desk.look().text);
    const text = desk.act({ action, base, at: at ?? "" });
    return { status: 200, at: nextAt(before, desk.standing(desk.look().text), at ?? ""), said: { text, refused: false } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { status: 409, at, said: { text: error.message, refused: true }, ...body };
  }
}

function asked(form: Form): ReturnType<typeof actionOf> | UserError {
  try {
    return actionOf(form);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Makes pages of what the file says at that moment. */
function shower({ desk, where, file, guard }: AppOptions): {
  page(outcome: Outcome): string;
  asset(name: string): Promise<Asset | null>;
} {
  const { archive, chat, slug } = where;
  // links and assets lead to the desk itself
  const config: SiteConfig = { ...where.config, pathPrefix: `/${guard.token}/` };
  const picture = (name: string): Uint8Array | null => pictureIn(archive.dir, name);
  const find = imagesOf({ config, picture });
  const names = new Map<string, string>();
  const image: ImageFinder = (media) => {
    const found = find(media);
    if (found !== null && media.file !== null) names.set(found.src.slice(`${config.pathPrefix}assets/`.length), media.file);
    return found;
  };
  return {
    asset: (name) => assetOf(name, { config, picture: (known) => (names.has(known) ? picture(names.get(known) ?? "") : null) }),
    page({ at: wanted, said = null, draft = null }) {
      const { text, hash } = desk.look();
      const { shown, fault } = standingOr(desk, text);
      const { open, at } = openAt(shown, wanted);
      const hosts = shown.notes.hosts ?? chat.hosts;
      const name = `${chat.slug}/${slug}`;
      const session = sessionPage(shown.data, config);
      return cleanText(
        String(page({ name, file, config, shown, page: session, image, hash, open, at, step: desk.lastStep, hosts, said, fault, draft })),
      );
    },
  };
}

/** Where the file cannot be read as it is, how the session stood before, and why. */
function standingOr(desk: Desk<Shown>, text: string | null): { readonly shown: Shown; readonly fault: string | null } {
  const before = desk.lastStanding;
  try {
    return { shown: desk.standing(text), fault: null };
  } catch (error) {
    if (!(error instanceof UserError) || before === null) throw error;
    return { shown: before, fault: error.message };
  }
}
