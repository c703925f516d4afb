import type { Card } from "./card.ts";

/** A new number for every change of how a card looks: what was drawn before is drawn again. */
export const LAYOUT = 1;

export const SIZE = { width: 1200, height: 630 } as const;

/** An element as satori takes it. */
export interface Box {
  readonly type: "div";
  readonly props: { readonly style: Readonly<Record<string, string | number>>; readonly children: string | readonly Box[] };
}

const PAPER = "#fcfaf5";
const INK = "#211d18";
const SOFT = "#6b6256";
const RULE = "#e6dfd1";
const SERIF = "Newsreader, Newsreader Extended";
const SANS = "Inter, Inter Extended";

/** Of the words (px): the largest that fits is taken. */
const SIZES = [96, 84, 74, 66, 58, 52, 47, 43] as const;
const LEADING = 1.18;
const PADDING = 72;
/** What the words have of the height (px): with a line below them, and without. */
const ROOM = { withLine: 300, alone: 356 } as const;
/** How wide a letter of the serif is, on average and with what a line leaves free at its end, in parts of its size. */
const LETTER = 0.48;

/** The page in small: paper, the words in its serif with their label in the gutter, hairlines, one accent. */
export function layoutOf({ tag, chat, mark, words, below, foot: [who, when], accent }: Card): Box {
  return box(
    { ...SIZE, flexDirection: "column", padding: `56px ${PADDING}px 50px`, background: PAPER, color: INK, fontFamily: SANS, fontSize: 27 },
    [
      row({ paddingBottom: 22, borderBottom: `1px solid ${RULE}` }, [line(tag, { color: accent }), line(chat, { color: SOFT })]),
      box({ flexGrow: 1, alignItems: "center", fontFamily: SERIF }, [saying({ mark, words, below, accent })]),
      row({ paddingTop: 22, borderTop: `1px solid ${RULE}` }, [line(who, {}), line(when, { color: SOFT, flexShrink: 0, marginLeft: 40 })]),
    ],
  );
}

function saying({ mark, words, below, accent }: Pick<Card, "mark" | "words" | "below" | "accent">): Box {
  const room = below === "" ? ROOM.alone : ROOM.withLine;
  const size = SIZES.find((one) => linesOf(words, mark, one) * one * LEADING <= room) ?? SIZES[SIZES.length - 1] ?? 43;
  const set = { fontSize: size, lineHeight: LEADING, letterSpacing: "-0.014em" };
  const most = Math.floor(room / (size * LEADING));
  return box({ alignItems: "flex-start", width: "100%" }, [
    ...(mark === "" ? [] : [text(mark, { ...set, color: accent, flexShrink: 0, marginRight: gapOf(mark) * size })]),
    box({ flexDirection: "column", flexGrow: 1, flexShrink: 1, flexBasis: 0 }, [
      text(words, { ...set, display: "block", lineClamp: most, wordBreak: "break-word" }),
      ...(below === "" ? [] : [line(below, { fontFamily: SANS, fontSize: 27, color: SOFT, marginTop: 22 })]),
    ]),
  ]);
}

/** About how many lines words take beside their mark. */
function linesOf(words: string, mark: string, size: number): number {
  const gutter = mark === "" ? 0 : (mark.length * 0.6 + gapOf(mark)) * size;
  return Math.ceil((words.length * LETTER * size) / (SIZE.width - 2 * PADDING - gutter));
}

/** Between a mark and the words, in parts of their size: a quotation mark hangs beside them. */
const gapOf = (mark: string): number => (mark === "“" ? 0.08 : 0.4);

const row = (style: Box["props"]["style"], children: readonly Box[]): Box => box({ justifyContent: "space-between", ...style }, children);

/** On one line, cut with … where it is longer. */
const line = (words: string, style: Box["props"]["style"]): Box => text(words, { display: "block", lineClamp: 1, ...style });

const text = (words: string, style: Box["props"]["style"]): Box => ({ type: "div", props: { style, children: words } });

const box = (style: Box["props"]["style"], children: readonly Box[]): Box => ({
  type: "div",
  props: { style: { display: "flex", boxSizing: "border-box", ...style }, children },
});
