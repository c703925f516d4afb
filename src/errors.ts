/** What `process.exitCode` says: a public contract (docs: README, "Exit codes"). */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  incomplete: 3,
  credentials: 4,
  limit: 5,
  locked: 6,
  damaged: 7,
  disk: 74,
  interrupted: 130,
} as const;
/** What each of them means. */
export const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "done",
  bug: "a bug: please report what is printed",
  usage: "a mistake in what was typed or in a file: the line says what to do, and nothing is written",
  incomplete: "done, but something is missing or was refused, and named",
  credentials: "no token, or X does not take it",
  limit: "the limit or the credit is used up: the same command goes on later",
  locked: "something else is writing the archive: the same command, later",
  damaged: "the archive is damaged: see `check` and `rebuild`",
  disk: "the disk, or another place that is written to",
  interrupted: "stopped with Ctrl-C; what came is kept",
};
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What the user can put right: one line that says what, where and what to do. Everything else is a bug. */
export class UserError extends Error {
  readonly code: ExitCode;
  constructor(message: string, code: ExitCode = EXIT.usage) {
    super(message);
    this.name = "UserError";
    this.code = code;
  }
}

/** ` (file:line: )` in front of a message about one place of a file. */
export const at = (place: { file: string; line: number }, message: string): string => `${place.file}:${place.line}: ${message}`;

/** The word of `known` that is nearest to `word`, as `; did you mean "x"?`, or nothing: two edits at most (one in four letters
 *  of a long word), and no more than half the letters of the longer of the two. */
export function didYouMean(word: string, known: Iterable<string>): string {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance || distance * 2 > Math.max(word.length, candidate.length)) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best === undefined ? "" : `; did you mean "${best}"?`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
