import type { Session, SessionSlug } from "../model.ts";

/** The year that a session is of, by its name: its pages stand below that date. */
export const yearOf = (slug: SessionSlug): number => Number(slug.slice(0, 4));

/** A chat's sessions by their years: newest year and session first. `sessions`: oldest first. */
export const sessionsByYear = <T extends { readonly session: Session }>(sessions: readonly T[]): ReadonlyMap<number, readonly T[]> =>
  Map.groupBy(sessions.toReversed(), ({ session: { slug } }) => yearOf(slug));
