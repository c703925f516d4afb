/** The environment variables that are read, and what each says: the reference is made from this, and a test looks for others. */
export const ENVIRONMENT = {
  X_BEARER_TOKEN: "the token of X's API; never printed, never written. Or `--token-file`",
  X_API_URL: "where X's API is (default `https://api.x.com`): for tests and proxies; plain http on loopback only",
  CHATSCRIBE_NOW: "where a command's clock starts, as `2026-11-20T18:00:00Z`; from there it ticks",
  CI: "set: no live line of progress",
  CHROMIUM: "the browser that the browser tests use",
} as const;
