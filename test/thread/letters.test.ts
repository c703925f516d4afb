import { describe, it } from "node:test";
import { check } from "./chat.ts";

describe("letters that a session does not use", () => {
  for (const [name, text, outline] of [
    ["P1 amid Q1 and Q2", "1 host: Q1 What breaks first?\n2 amy: P1 what broke today, you?\n3 host: Q2 Who mends it?", "Q1 1\n  2\nQ2 3"],
    ["one P is no series", "1 host: P1: what breaks first?\n2 amy: R1: the pan", "+ 1\naside\n  2"],
    [
      "R1 where A1 answers",
      "1 host: Q1 What breaks?\n2 host: Q2 Which road is it?\n3 amy: A2 this\n4 bob: A2 that\n5 cat: R1 is a road",
      "Q1 1\nQ2 2\n  3\n  4\n  5",
    ],
  ] as const)
    it(name, () => check(text, outline));
});

describe("letters that a session uses", () => {
  for (const [name, text] of [
    ["Spanish", "1 host: P1: ¿Qué pan te gusta?\n2 ana: R1: centeno\n3 host @12:10: P2 ¿Y qué sopa?\n4 ana: R2 ajo\n5 bea: R1 trigo"],
    [
      "Spanish in words",
      "1 host: Pregunta 1: ¿Qué pan?\n2 ana: Respuesta 1: pan\n3 host @12:10: Pregunta 2: ¿Qué sopa?\n4 ana: Respuesta 2 ajo\n5 bea: Respuesta 1 sí",
    ],
    [
      "Portuguese",
      "1 host: P1: Que pão vocês fazem?\n2 ana: R1: centeio\n3 host @12:10: P2: E que sopa?\n4 ana: R2: alho\n5 bea: R1 trigo",
    ],
    [
      "German",
      "1 host: F1: Welches Brot mögt ihr?\n2 ana: A1 Roggen\n3 host @12:10: F2: Und welche Suppe?\n4 ana: A2 Lauch\n5 bea: A1 Dinkel",
    ],
    [
      "German in words",
      "1 host: Frage 1: Welches Brot?\n2 ana: Antwort 1: Roggen\n3 host @12:10: Frage 2: Welche Suppe?\n4 ana: Antwort 2 Lauch\n5 bea: A1 so",
    ],
    [
      "French",
      "1 host: Q1 : quel pain faites-vous ?\n2 ana: R1 seigle\n3 host @12:10: Q2 : et quelle soupe ?\n4 ana: R2 poireau\n5 bea: R1 blé",
    ],
    ["Italian", "1 host: D1: che pane fate?\n2 ana: R1 segale\n3 host @12:10: D2: e che zuppa?\n4 ana: R2 porro\n5 bea: R1 grano"],
    ["Dutch", "1 host: V1: welk brood eten jullie?\n2 ana: A1 rogge\n3 host @12:10: V2: en welke soep?\n4 ana: A2 prei\n5 bea: A1 tarwe"],
  ] as const)
    it(name, () => check(text, "Q1 1\n  2\n  5\nQ2 3\n  4"));
});
