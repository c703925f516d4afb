import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { collect } from "./read.ts";
import { type Asked, inTurn, NOON, pageBody, stage } from "./x-server.ts";

const unknownName = (name: string, known: string) => ({
  errors: [{ parameters: { [name]: ["text"] }, message: `The query parameter [${name}] is not one of [ids,next_token,${known}]` }],
  title: "Invalid Request",
  detail: "One or more parameters to your request was invalid.",
});
/** X as it was before, or as it is after, August 2026. */
const speaks = (own: "tweet" | "post") => (asked: Asked) => {
  const other = own === "tweet" ? "post.fields" : "tweet.fields";
  if (other in asked.query) asked.answer(400, unknownName(other, `${own}.fields`));
  else asked.answer(200, pageBody(["1"]));
};
const fieldsOf = ({ query }: Asked): string =>
  Object.keys(query)
    .filter((name) => name === "tweet.fields" || name === "post.fields")
    .join();

describe("the names of fields", () => {
  it("are not guessed again where both are refused", async () => {
    const { x, asked } = await stage((a) => a.answer(400, unknownName(fieldsOf(a), "others")));
    await assert.rejects(collect(x.lookup(["1"])), { kind: "refused", message: /^answered 400: The query parameter \[tweet\.fields\]/ });
    assert.deepEqual(asked.map(fieldsOf), ["tweet.fields", "post.fields"]);
  });
  it("are not the reason where another parameter is refused", async () => {
    const { x, asked } = await stage((a) => a.answer(400, unknownName("sort_order", "tweet.fields,post.fields")));
    await assert.rejects(collect(x.lookup(["1"])), { kind: "refused" });
    assert.equal(asked.length, 1);
  });
  it("are those of before, at first", async () => {
    const { x, asked } = await stage(speaks("tweet"));
    await collect(x.lookup(["1"]));
    assert.deepEqual(asked.map(fieldsOf), ["tweet.fields"]);
  });
  it("are those of after, once X asks for them: remembered for each path", async () => {
    const { x, asked } = await stage(speaks("post"));
    for (let i = 0; i < 2; i++) {
      await collect(x.lookup(["1"]));
      await collect(x.search({ role: "tag", tags: ["tea"] }, { from: NOON - 60_000, to: NOON }));
    }
    const [before, after] = ["tweet.fields", "post.fields"];
    assert.deepEqual(asked.map(fieldsOf), [before, after, before, after, after, after]);
  });
  it("change back where X does", async () => {
    const { x, asked } = await stage(inTurn(speaks("post"), speaks("post"), speaks("tweet")));
    await collect(x.lookup(["1"]));
    await collect(x.lookup(["1"]));
    await collect(x.lookup(["1"]));
    assert.deepEqual(asked.map(fieldsOf), ["tweet.fields", "post.fields", "post.fields", "tweet.fields", "tweet.fields"]);
  });
  it("are also told by an expansion that is refused", async () => {
    const message = "The `expansions` query parameter value [referenced_tweets.id] is not one of [author_id,referenced_posts]";
    const { x, asked } = await stage(
      inTurn((a) => a.answer(400, { errors: [{ parameters: { expansions: [] }, message }] }), speaks("post")),
    );
    await collect(x.lookup(["1"]));
    assert.match(asked[1]?.query.expansions ?? "", /referenced_posts/);
  });
  it("cover all that is read of a tweet", async () => {
    const { x, asked } = await stage(speaks("post"));
    await collect(x.lookup(["1"]));
    const [before, after] = asked.map(({ query }) => query);
    for (const name of [
      "note_tweet",
      "conversation_id",
      "in_reply_to_user_id",
      "referenced_tweets",
      "edit_history_tweet_ids",
      "public_metrics",
    ])
      assert.ok(before?.["tweet.fields"]?.split(",").includes(name), name);
    for (const name of ["note_post", "conversation_id", "entities", "attachments", "lang", "public_metrics"])
      assert.ok(after?.["post.fields"]?.split(",").includes(name), name);
    for (const name of ["author_id", "in_reply_to_user_id", "referenced_posts", "edit_history_post_ids", "username"])
      assert.ok(after?.expansions?.split(",").includes(name), name);
    assert.deepEqual([after?.["user.fields"], after?.["poll.fields"]], ["name,username,protected", "options,end_datetime"]);
    assert.equal(after?.["media.fields"], "type,url,preview_image_url,alt_text");
  });
});

describe("a lookup", () => {
  it("takes an answer without tweets and errors for none", async () => {
    const [odd, other] = [
      { title: "Service Unavailable", status: 503 },
      { value: "7", title: "Not Found Error" },
    ];
    for (const body of [{}, { meta: {} }, { errors: [] }, { errors: [odd] }, { errors: [other] }]) {
      const { x } = await stage((a) => a.answer(200, body));
      await assert.rejects(collect(x.lookup(["1"])), { kind: "transient", message: "answered 200 with neither data nor errors of it" });
    }
  });
  it("is broken off by a fault", async () => {
    const { x } = await stage((a) => a.answer(401, {}));
    await assert.rejects(collect(x.lookup(["1"])), { kind: "credentials", message: "answered 401" });
  });
  it("says of each tweet that is not given why, as far as X does", async () => {
    const type = (name: string): string => `https://api.x.com/2/problems/${name}`;
    const of = (id: string) => ({ resource_id: id, resource_type: "tweet", value: id, parameter: "ids" });
    const errors = [
      { ...of("2"), title: "Not Found Error", detail: "Could not find tweet with ids: [2].", type: type("resource-not-found") },
      { ...of("3"), title: "Authorization Error", detail: "Sorry, you are not authorized", type: type("not-authorized-for-resource") },
      { ...of("4"), title: "Forbidden", detail: "User has been suspended: [x].", type: type("resource-not-found") },
      { ...of("5"), title: "Unavailable", type: type("resource-unavailable") },
      { ...of("1"), title: "Not Found Error" },
      { ...of("6"), resource_type: "user", title: "Not Found Error" },
      { value: "8", title: "Not Found", resource_type: "post" },
    ];
    const { x } = await stage((a) => a.answer(200, { data: [{ id: "1", text: "here" }], errors }));
    const [page] = await collect(x.lookup(["1", "2", "3", "4", "5", "6", "7", "8"]));
    assert.deepEqual(page?.ids, ["1"]);
    assert.deepEqual(
      page?.absent.map(({ id, why }) => `${id} ${why}`),
      ["2 deleted", "3 protected", "4 suspended", "5 unknown", "6 unknown", "7 unknown", "8 deleted"],
    );
  });
  it("takes an answer of errors only", async () => {
    const { x } = await stage((a) => a.answer(200, { errors: [{ value: "2", title: "Not Found Error" }] }));
    assert.deepEqual((await collect(x.lookup(["2"])))[0]?.absent, [{ id: "2", why: "deleted" }]);
  });
  it("asks for a hundred at a time, for each once, and for none not at all", async () => {
    const { x, asked } = await stage((a) => a.answer(200, pageBody((a.query.ids ?? "").split(","))));
    const ids = Array.from({ length: 201 }, (_, i) => String(i + 1));
    const pages = await collect(x.lookup([...ids, "1"]));
    assert.deepEqual(
      pages.map((page) => page.ids.length),
      [100, 100, 1],
    );
    assert.deepEqual(
      pages.flatMap((page) => page.absent),
      [],
    );
    assert.deepEqual(await collect(x.lookup([])), []);
    assert.equal(asked.length, 3);
  });
});
