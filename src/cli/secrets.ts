import { withoutToken } from "../source/secret.ts";

const secrets = new Set<string>();

/** From now on it is shown nowhere, whatever goes wrong. */
export function keepSecret(token: string): void {
  secrets.add(token);
}

/** Words as they can be shown. */
const withoutSecrets = (words: string): string => [...secrets].reduce(withoutToken, words);

/** What a person can report: the stack, without a token that an error of the network's may hold. */
export const bugWords = (error: unknown): string =>
  withoutSecrets(`chatscribe: this is a bug, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`);
