// A process that tells the small story in the archive it is given: node --import preload.ts writer.ts DIR
import { smallStory } from "./story.ts";

await smallStory(process.argv[2] ?? "");
