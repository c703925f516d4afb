import { FORMATS, type Format, sessionFile } from "../src/site/downloads.ts";
import { sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";

interface FileKey extends SessionKey {
  readonly format: Format;
}

interface Data {
  readonly site: Site;
  readonly file: FileKey;
}

export const data = {
  pagination: {
    data: "site.sessions",
    size: 1,
    alias: "file",
    /** Each session once for every format. */
    before: (keys: readonly SessionKey[]): FileKey[] => keys.flatMap((key) => FORMATS.map((format) => ({ ...key, format }))),
  },
  permalink: ({ file: { chat, slug, format } }: Data): string => `${sessionPath(chat, slug)}session.${format}`,
};

/** The session to take away. */
export const render = ({ site, file }: Data): string => sessionFile(file.format, site.session(file), site.config);
