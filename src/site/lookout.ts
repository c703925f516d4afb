// A thread that looks which files of a site are there (folder.ts).
import { existsSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { filesIn } from "./folder.ts";

const { folder, list } = workerData as { readonly folder: string; readonly list: string };
parentPort?.postMessage(filesIn(list).filter((file) => !existsSync(`${folder}/${file}`)));
