import { withoutToken } from "../source/secret.ts";

const secrets = new Set<string>();

/** From now on it is shown nowhere, whatever goes wrong. */
export function keepSecret(token: string): void {
  secrets.add(token);
}

/** Words as they can be shown. */
export const withoutSecrets = (words: string): string => [...secrets].reduce(withoutToken, words);
