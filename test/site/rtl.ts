import { stringify } from "yaml";
import { line, makeArchive, run, type Said, SESSION, tempDir, write } from "../helpers.ts";
import { ar } from "./words/ar.ts";

const person = (handle: string, name: string) => ({ id: null, handle, name });
const NURA = person("nura_reads", "نورا الحسن");
const SAMI = person("sami_k", "سامي قاسم");
const LEILA = person("leila", "ليلى");
const TOM = person("tom_in_cairo", "Tom Reed");
const YUSUF = person("yusuf88", "");

/** An invented hour about books, in Arabic with handles, links and numbers that are read from the left. */
const SAID: readonly Said[] = [
  { id: "11", author: NURA, time: -3, text: "مساء الخير! نبدأ بعد 3 دقائق #teachat" },
  { id: "12", author: NURA, time: 2, text: "Q1: ما آخر كتاب قرأته، وفي كم يومًا؟ #teachat" },
  { id: "13", author: SAMI, time: 3, text: "A1 أنهيت «مدن الملح» في 21 يومًا، 614 صفحة https://example.org/books/salt #teachat" },
  { id: "14", author: LEILA, time: 4, text: "@sami_k وهل أعجبتك الترجمة إلى English؟ سمعت أنها ناقصة", replyTo: "13" },
  { id: "15", author: SAMI, time: 5, text: "@leila لم أقرأها، لكن @tom_in_cairo قرأها", replyTo: "14" },
  { id: "16", author: TOM, time: 6, text: "@sami_k I did, and half of chapter 2 (الفصل الثاني) is missing!", replyTo: "15" },
  { id: "17", author: YUSUF, time: 7, text: "A1 لا شيء هذا الشهر 😔 #teachat" },
  { id: "18", author: NURA, time: 20, text: "Q2: أين تشترون الكتب: من مكتبة الحي أم من الإنترنت؟ #teachat" },
  { id: "19", author: LEILA, time: 22, text: "A2 من الحي دائمًا، قبل الساعة 18:30\nالبائع يعرفني منذ 2009 #teachat" },
  { id: "20", author: TOM, time: 24, text: "A2 online, mostly. Sorry, @leila #teachat" },
  { id: "21", author: SAMI, time: 26, text: "A1 وتذكرت: «عزازيل» أيضًا #teachat" },
  { id: "22", author: NURA, time: 58, text: "شكرًا لكم جميعًا، إلى الثلاثاء القادم #teachat" },
];

const CHAT = `---
title: نادي الكتاب
tags: ["#teachat"]
hosts: [nura_reads]
schedule: { every: Tuesday, at: "12:00", zone: Africa/Cairo, minutes: 60 }
---
ساعة كل أسبوع عن كتاب، بالعربية وبغيرها. المواعيد بتوقيت القاهرة.
`;

const NOTES = `---
title: ما نقرؤه، وأين نجده
guests: [tom_in_cairo]
status: reviewed
start: ${SESSION} 19:00
pins: ["19"]
remarks: { "19": "صدقتِ!" }
---
## خلاصة

تحدثنا عن *مدن الملح*، وعن [السؤال الثاني](#q2).
`;

/** Builds it as its owner would: a language that no file of ours has, brought in theme/words.yml. */
export async function buildRtl(out: string): Promise<void> {
  const files = { "site.yml": `name: أرشيف النادي\nlanguage: ar-EG\ncontact: a@b.example\n`, "theme/words.yml": stringify(ar) };
  const archive = makeArchive({ chat: CHAT, notes: { [SESSION]: NOTES }, files });
  const tweets = write(tempDir(), "said.jsonl", SAID.map((said) => line({ lang: said.author === TOM ? "en" : "ar", ...said })).join(""));
  for (const args of [
    ["import", tweets, "--chat", "teachat", "--archive", archive],
    ["build", "--archive", archive, "--out", out],
  ]) {
    const { code, err } = await run(args, { now: "2026-03-10T12:00:00Z" });
    if (code !== 0) throw new Error(err);
  }
}
