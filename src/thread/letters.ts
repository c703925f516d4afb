/** What the numbers of a session begin with, as alternatives of a regular expression. */
export interface Letters {
  readonly asking: string;
  readonly answering: string;
}

/** Read in every session. */
export const LETTERS: Letters = { asking: "q(?:uestion|uest|ues|n|tn)?", answering: "a(?:nswer|ns)?" };

const ASKING = "pregunta|pergunta|frage|domanda|vraag|fråga|spørsmål|pytanie|вопрос|質問|问题|問題|질문";
const ANSWERING = "respuesta|resposta|antwort|risposta|antwoord|r[ée]ponse|svar|odpowiedź|ответ|回答|답변";
// `P1: ¿Qué pan?`, `#chat F2 Was für Brot?`, `@ana R1 centeno`, `Frage 3:`: what a tweet begins with
const HEADED = new RegExp(
  `^(?:[^\\p{L}\\p{N}@#]|[@#][\\p{L}\\p{N}_]+)*(?:(${ASKING}|${ANSWERING})|([pfdvrsqa]))[\\s.]?#?(\\d{1,2})(?![\\p{L}\\p{N}%])`,
  "iu",
);

/** The letters a session uses. Words are safe: `Pregunta 1`, `Antwort 2`. Letters that mean other things elsewhere (P1 a priority, F1 a
 *  race, R1 a road) count where they ask two numbers and more, and more than Q does; R and S answer where they do so more often than A. */
export function lettersOf(texts: Iterable<string>): Letters {
  const asked = new Map<string, Set<number>>();
  const said = new Map<string, number>();
  let words = false;
  for (const text of texts) {
    const [, word, letter = "", digits] = HEADED.exec(text) ?? [];
    if (word !== undefined) words = true;
    if (letter === "") continue;
    const key = letter.toLowerCase();
    if (/[?？؟¿]/u.test(text)) asked.set(key, (asked.get(key) ?? new Set()).add(Number(digits)));
    else said.set(key, (said.get(key) ?? 0) + 1);
  }
  const asks = (key: string): number => asked.get(key)?.size ?? 0;
  const says = (key: string): number => said.get(key) ?? 0;
  const [asking = "q"] = ["q", "p", "f", "d", "v"].filter((key) => asks(key) >= 2).sort((a, b) => asks(b) - asks(a));
  const [answering = "a"] = asks(asking) < 2 ? [] : ["a", "r", "s"].filter((key) => says(key) >= 2).sort((a, b) => says(b) - says(a));
  if (!words && asking === "q" && answering === "a") return LETTERS;
  return {
    asking: [LETTERS.asking, ASKING, ...(asking === "q" ? [] : [asking])].join("|"),
    answering: [LETTERS.answering, ANSWERING, ...(answering === "a" ? [] : [answering])].join("|"),
  };
}
