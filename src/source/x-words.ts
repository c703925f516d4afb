import type { Query } from "./network.ts";

/** How long a query may be. */
const LONGEST = 512;

/** A query as X is asked: `(#teachat OR #tea) -is:retweet`. */
export function wordsOf(query: Query): string {
  const terms = termsOf(query);
  return `${terms.length === 1 ? terms.join("") : `(${terms.join(" OR ")})`} -is:retweet`;
}

function termsOf(query: Query): readonly string[] {
  switch (query.role) {
    case "tag":
      return query.tags.map((tag) => `#${tag}`);
    case "hosts":
      return query.handles.map((handle) => `from:${handle}`);
    case "conversations":
      return query.ids.map((id) => `conversation_id:${id}`);
  }
}

/** The same as queries X takes, in as few as there can be without changing their order. */
export function splitQuery(query: Query): Query[] {
  switch (query.role) {
    case "tag":
      return fill(query.tags, (tags) => ({ role: "tag", tags }));
    case "hosts":
      return fill(query.handles, (handles) => ({ role: "hosts", handles }));
    case "conversations":
      return fill(query.ids, (ids) => ({ role: "conversations", ids }));
  }
}

function fill(terms: readonly string[], queryOf: (terms: readonly string[]) => Query): Query[] {
  const queries: Query[] = [];
  let part: string[] = [];
  for (const term of terms) {
    if (part.length > 0 && wordsOf(queryOf([...part, term])).length > LONGEST) {
      queries.push(queryOf(part));
      part = [];
    }
    part.push(term);
  }
  return part.length === 0 ? queries : [...queries, queryOf(part)];
}
