import { Work } from "../store/work.ts";
import type { SiteData } from "./data.ts";
import { SiteFolder } from "./folder.ts";
import { type Rendered, renderUnits } from "./render.ts";
import { withRosters } from "./roster.ts";
import { renderShard } from "./shard.ts";
import { unitsOf, weightsOf } from "./units.ts";

/** Renders a whole site, of which nothing is known, into a folder. */
export async function renderSite(data: SiteData, out: string): Promise<Rendered> {
  const folder = new SiteFolder(out);
  const site = withRosters(data);
  const work = Work.open(":memory:");
  try {
    return await renderUnits({
      weigh: weightsOf(site),
      units: unitsOf({ site, program: "", digestOf: () => "" }),
      folder,
      known: work.site(folder.path),
      full: true,
      render: async (shards, done) => {
        for (const shard of shards) done(shard, await renderShard(site, shard.scope, { folder: shard.folder, out: folder.path }));
      },
    });
  } finally {
    work.close();
  }
}
