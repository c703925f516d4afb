import { Work } from "../store/work.ts";
import type { SiteData } from "./data.ts";
import { SiteFolder } from "./folder.ts";
import { type Rendered, renderUnits } from "./render.ts";
import { renderShard } from "./shard.ts";
import { stockOf } from "./stock.ts";
import { thereIn } from "./there.ts";

/** Renders a whole site, of which nothing is known, into a folder. */
export async function renderSite(data: SiteData, out: string): Promise<Rendered> {
  const folder = new SiteFolder(out);
  const work = Work.open(":memory:");
  const site = { ...data, stock: stockOf(data) };
  try {
    const known = work.site(folder.path);
    return await renderUnits({
      state: { site, edition: "all", program: "", digestOf: () => "" },
      search: true,
      turn: 0,
      folder,
      known,
      there: thereIn(folder, known),
      full: true,
      render: async (shards, done) => {
        for (const shard of shards) done(shard, await renderShard(site, shard.scope, { folder: shard.folder, out: folder.path }));
      },
    });
  } finally {
    work.close();
  }
}
