/** No token of a network is shorter: words so short are in texts without meaning one. */
const SHORTEST = 20;

/** How a token may be written: as it is given out, which is percent-encoded (`AAAA%2Fbb%3D`), encoded once more, decoded, or decoded
 *  and escaped in JSON (`AAAA\/bb=`). */
function spellingsOf(token: string): readonly string[] {
  const plain = token.replace(/%[0-9a-f]{2}/gi, (one) => String.fromCharCode(Number.parseInt(one.slice(1), 16))); // `%2F`
  return [...new Set([token, encodeURIComponent(token), plain, plain.replaceAll("/", "\\/")])].filter((secret) => secret !== "");
}

/** Words without the token. */
export const withoutToken = (words: string, token: string): string =>
  spellingsOf(token).reduce((text, secret) => text.replaceAll(secret, "…"), words);

/** Writes stars over the token in a body: a server between here and the network may say back what it was sent, and bodies are kept.
 *  Nothing else of it changes, its length neither. Returns `bytes`. */
export function starOut(bytes: Buffer, token: string): Buffer {
  if (token.length < SHORTEST) return bytes;
  for (const secret of spellingsOf(token))
    for (let at = bytes.indexOf(secret); at !== -1; at = bytes.indexOf(secret, at + secret.length)) bytes.fill("*", at, at + secret.length);
  return bytes;
}
