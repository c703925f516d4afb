/** Eleventy ships no types: what of it is used here. Filters and transforms are not: of slow ones it tells people on their terminal. */
declare module "@11ty/eleventy" {
  export interface UserConfig {
    readonly ignores: Set<string>;
    readonly benchmarkManager: { get(name: "Configuration"): { setIsVerbose(on: boolean): void } };
    addGlobalData(name: string, value: unknown): void;
    addExtension(extension: string | readonly string[], options: object): void;
    addTemplateFormats(formats: string | readonly string[]): void;
    addPassthroughCopy(paths: Readonly<Record<string, string>>): void;
    addPlugin<T>(plugin: (config: UserConfig, options: T) => void | Promise<void>, options: T): void | Promise<void>;
    setWatchJavaScriptDependencies(on: boolean): void;
    addWatchTarget(target: string): void;
    on(event: "eleventy.after", act: (done: { readonly directories: { readonly output: string } }) => Promise<void>): void;
    setUseGitIgnore(on: boolean): void;
    setQuietMode(on: boolean): void;
  }

  export interface Options {
    readonly quietMode?: boolean;
    readonly configPath?: string | null;
    readonly loader?: "esm";
    readonly config?: (config: UserConfig) => void | Promise<void>;
  }

  export class Eleventy {
    constructor(input: string, output: string, options: Options);
    disableLogger(): void;
    init(): Promise<void>;
    write(): Promise<unknown>;
  }
}
