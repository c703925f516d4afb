import { type EditValue, plainBody } from "../config/notes-edit.ts";
import { UserError } from "../errors.ts";
import type { Edit, PlacedTweet, TweetId } from "../model.ts";
import type { Action } from "./action.ts";
import { type Decision, editChange, inQuestion } from "./decision.ts";
import { accept, keep } from "./entries.ts";
import { askChanges, mergeChanges, newQuestion, renameChanges, sideChanges, unaskChanges } from "./questions.ts";
import { labelOf, questionIn, type Standing, saidOf, tweetIn } from "./standing.ts";

/** Throws a UserError where the session as it stands does not allow it. */
export function decide(standing: Standing, action: Action): Decision {
  switch (action.do) {
    case "accept":
      return accept(standing, action);
    case "keep":
      return keep(standing, action);
    case "move":
      return move(standing, tweetIn(standing, action.tweet), action.to);
    case "parent":
      return setParent(standing, tweetIn(standing, action.tweet), action.to);
    case "hide":
    case "clear":
      return hideOrClear(standing, tweetIn(standing, action.tweet), action.do);
    case "pin":
    case "unpin":
      return pin(standing, tweetIn(standing, action.tweet), action.do === "pin");
    case "remark":
      return remark(standing, tweetIn(standing, action.tweet), action.text);
    case "ask":
      return askChanges(standing, tweetIn(standing, action.tweet), action.number);
    case "unask":
      return unaskChanges(standing, tweetIn(standing, action.tweet));
    case "question":
      return newQuestion(standing, action.number, action.text);
    case "rename":
      return renameChanges(standing, questionIn(standing, action.question), action.text);
    case "merge":
      return mergeChanges(standing, questionIn(standing, action.question), questionIn(standing, action.into));
    case "side":
      return sideChanges(standing, questionIn(standing, action.question));
    case "notes":
      return { changes: [{ at: "body", to: plainBody(action.body) }], said: "The notes are written" };
    case "title":
      return { changes: [{ at: "title", to: action.text === "" ? null : action.text }], said: "The title is written" };
    case "hosts":
      return { changes: [{ at: "hosts", to: action.hosts }], said: `Hosts: ${action.hosts.map((host) => `@${host}`).join(", ")}` };
    case "status":
      return {
        changes: [{ at: "status", to: action.to }],
        said: action.to === "reviewed" ? "Marked as reviewed: it will be published" : "A draft again",
      };
  }
}

const SECTIONS = ["welcome", "aside", "wrap-up"] as const;

/** `@amy’s tweet` */
const whose = ({ tweet }: PlacedTweet): string => `@${tweet.author.handle}’s tweet`;

function move(standing: Standing, placed: PlacedTweet, to: string): Decision {
  if (placed.placement.asks !== null)
    throw new UserError("this tweet asks a question: merge that question, or say that the tweet asks none");
  const old = saidOf(standing.notes.edits, placed);
  const section = SECTIONS.find((name) => name === to);
  const question = section === undefined ? questionIn(standing, to) : null;
  const edit = question === null ? { section: section ?? "aside" } : inQuestion(question, old);
  return { changes: [editChange(placed, old, edit)], said: `${whose(placed)} stands in ${question === null ? to : labelOf(question)}` };
}

function setParent(standing: Standing, placed: PlacedTweet, to: TweetId | null): Decision {
  const old = saidOf(standing.notes.edits, placed);
  const parent = to === null ? null : tweetIn(standing, to);
  if (parent !== null) refuseParent(standing, placed, parent);
  const edit: EditValue = {
    ...questionOf(standing, old),
    ...(old?.ask !== undefined && { ask: old.ask }),
    reply: parent?.tweet.id ?? null,
  };
  const said = parent === null ? `${whose(placed)} answers nobody` : `${whose(placed)} answers @${parent.tweet.author.handle}`;
  return { changes: [editChange(placed, old, edit)], said };
}

/** Where the file puts a tweet already, as it can stand beside `reply`. */
function questionOf({ transcript }: Standing, old: Edit | null): EditValue {
  const question = transcript.questions.find((one) => one.label === old?.label && !one.side);
  const ask = old?.question ?? question?.asks[0];
  return ask === undefined ? {} : { question: ask };
}

function refuseParent({ transcript }: Standing, { tweet }: PlacedTweet, parent: PlacedTweet): void {
  if (parent.tweet.id === tweet.id) throw new UserError("a tweet cannot answer itself");
  const order = transcript.placed.map((one) => one.tweet.id);
  if (order.indexOf(parent.tweet.id) > order.indexOf(tweet.id))
    throw new UserError(`@${parent.tweet.author.handle}’s tweet came later: a tweet answers an earlier one`);
}

function hideOrClear(standing: Standing, placed: PlacedTweet, what: "hide" | "clear"): Decision {
  const old = saidOf(standing.notes.edits, placed);
  if (what === "hide") return { changes: [editChange(placed, old, { hide: true })], said: `${whose(placed)} is hidden` };
  if (old === null) throw new UserError(`the file says nothing of the place of ${whose(placed)}`);
  return { changes: [editChange(placed, old, null)], said: `${whose(placed)} stands where the rules put it` };
}

function pin(standing: Standing, placed: PlacedTweet, to: boolean): Decision {
  const old = saidOf(standing.notes.pins, placed);
  if (to && old !== null) throw new UserError(`${whose(placed)} is pinned already`);
  if (!to && old === null) throw new UserError(`${whose(placed)} is not pinned`);
  if (to && placed.placement.hidden) throw new UserError("a hidden tweet cannot be pinned");
  const change = { at: "pins", tweet: old?.tweet ?? placed.tweet.id, to } as const;
  return { changes: [change], said: `${whose(placed)} is ${to ? "pinned" : "not pinned any more"}` };
}

function remark(standing: Standing, placed: PlacedTweet, text: string): Decision {
  const old = saidOf(standing.notes.remarks, placed);
  if (text === "" && old === null) throw new UserError("a remark needs words");
  const change = { at: "remarks", tweet: old?.tweet ?? placed.tweet.id, to: text === "" ? null : text } as const;
  return { changes: [change], said: text === "" ? "The remark is taken away" : `A remark stands below ${whose(placed)}` };
}
