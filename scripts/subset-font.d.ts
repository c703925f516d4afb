/** subset-font ships no types: what of it is used here. */
declare module "subset-font" {
  interface Options {
    readonly targetFormat: "woff2" | "woff";
    readonly variationAxes: Readonly<Record<string, number | { readonly min: number; readonly max: number }>>;
    readonly keepFeatures: readonly string[];
  }
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>;
}
