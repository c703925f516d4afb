import assert from "node:assert/strict";
import type { Observation, Tweet } from "../../src/model.ts";
import { type ImportPart, type Reading, readParts } from "../../src/source/part.ts";

export const fixture = (name: string): string => new URL(`../fixtures/import/${name}`, import.meta.url).pathname;

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Everything a text tells when read as one part. */
export async function read(
  format: Reading["format"],
  text: string,
  session: string | null = null,
  more: Partial<Reading> = {},
): Promise<ImportPart> {
  const parts = await collect(readParts({ format, chat: "gardenchat", session, ...more }, [Buffer.from(text)]));
  assert.equal(parts.length, 1);
  const [part] = parts;
  assert.ok(part);
  return part;
}

/** The one observation a record tells; fails where it is refused. */
export async function readOne(format: Reading["format"], text: string, session: string | null = null): Promise<Observation> {
  const { observations, refused } = await read(format, text, session);
  assert.deepEqual(refused, []);
  assert.equal(observations.length, 1);
  const [observation] = observations;
  assert.ok(observation);
  return observation;
}

/** `3: why` for each refusal, to compare at a glance. */
export const lines = (list: readonly { line: number; why: string }[]): string[] => list.map(({ line, why }) => `${line}: ${why}`);

export const byId = (part: ImportPart, id: string): Tweet => {
  const found = part.observations.find((observation) => observation.tweet.id === id);
  assert.ok(found, `no tweet ${id}`);
  return found.tweet;
};
