import { SCRIPTS, script } from "../src/site/scripts.ts";

interface Data {
  readonly name: (typeof SCRIPTS)[number];
}

export const data = {
  scripts: SCRIPTS,
  pagination: { data: "scripts", size: 1, alias: "name" },
  permalink: ({ name }: Data): string => `assets/${name}`,
};

export const render = ({ name }: Data): Promise<string> => script(name);
