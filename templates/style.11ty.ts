import { stylesheet } from "../src/site/styles.ts";

export const data = { permalink: "assets/style.css" };

export const render = (): Promise<string> => stylesheet();
