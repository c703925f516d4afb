import { readFileSync, statSync } from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import type { Network } from "../source/network.ts";
import type { Context } from "./command.ts";
import { inCwd } from "./paths.ts";
import { keepSecret } from "./secrets.ts";

const DEFAULT_URL = "https://api.x.com";

/** X as this command may ask it: at X_API_URL, with the token of --token-file or X_BEARER_TOKEN. Throws UserError (2, 4) in one line. */
export async function openNetwork(context: Context): Promise<Network> {
  const { clock, agent } = context.effects;
  const url = apiUrl(context.effects.env.X_API_URL);
  const token = tokenOf(context);
  keepSecret(token);
  const { openX } = await import("../source/x.ts");
  return openX({ url, token, clock, ...(agent === undefined ? {} : { agent }) });
}

/** Plain http only to this machine: a token sent over it is everybody's. */
function apiUrl(said: string | undefined): string {
  if (said === undefined || said === "") return DEFAULT_URL;
  const url = URL.canParse(said) ? new URL(said) : null;
  const onLoopback = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url !== null && url.username === "" && url.search === "" && (url.protocol === "https:" || (url.protocol === "http:" && onLoopback)))
    return said;
  throw new UserError("X_API_URL: must be an https address, or http on this machine, as http://127.0.0.1:8787; unset it for X itself");
}

function tokenOf(context: Context): string {
  const file = context.options["token-file"];
  if (typeof file === "string") return oneWord(readToken(inCwd(context.effects, file)), file);
  const token = context.effects.env.X_BEARER_TOKEN;
  if (token === undefined || token.trim() === "")
    throw new UserError(
      "no token: set X_BEARER_TOKEN to the bearer token of your app (developer.x.com), or name a file with --token-file",
      EXIT.credentials,
    );
  return oneWord(token, "X_BEARER_TOKEN");
}

function readToken(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile())
    throw new UserError(`${file}: no such file: put the bearer token there, mode 600`, EXIT.credentials);
  if ((stat.mode & 0o077) !== 0) throw new UserError(`${file}: others may read it: chmod 600 ${file}`, EXIT.credentials);
  return readFileSync(file, "utf8");
}

/** A token is one word of these; anything else came with pasting. Never shown. */
function oneWord(said: string, where: string): string {
  const token = said.trim();
  // AAAA…%3D, abc.def-_~+/=
  if (!/^[\w%+/=.~-]+$/.test(token))
    throw new UserError(`${where}: holds no bearer token (one word, without quotes or spaces): set it again`, EXIT.credentials);
  return token;
}
