import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Archive } from "../../src/archive/archive.ts";
import { Folder } from "../../src/archive/folder.ts";
import { capture, estimate, exitOf, prepare, stopped, upToDate } from "../../src/capture/capture.ts";
import { Stop, type StopReason } from "../../src/capture/run.ts";
import type { Effects } from "../../src/cli/command.ts";
import { main } from "../../src/cli/main.ts";
import type { ExitCode } from "../../src/errors.ts";
import type { Coverage, Session } from "../../src/model.ts";
import type { Network } from "../../src/source/network.ts";
import { openX } from "../../src/source/x.ts";
import type { Walk } from "../../src/store/coverage.ts";
import { SESSION, TEACHAT, write } from "../helpers.ts";
import { VirtualClock } from "../x/clock.ts";
import { StandIn } from "../x/standin.ts";
import { Crash, callEarly, dieAt } from "./commits.ts";
import type { Plan, Way } from "./hour.ts";
import { Recorder } from "./recorder.ts";
import { Trouble } from "./trouble.ts";

const CHAT = "teachat";
const KEY = { chat: CHAT, session: SESSION };
const ADDRESS = "http://127.0.0.1:9";
/** So often a process dies in one trial. */
const DEATHS = 2;
const TOKEN = "secret-token";

/** A folder with the tea chat and its archive, for one trial after another: in memory where the machine has that. */
export class Room {
  readonly dir: string;
  readonly folder: Folder;
  #archive: Archive | null = null;
  #db: Database.Database | null = null;
  #clear: (() => void) | null = null;
  readonly #statements = new Map<string, Database.Statement>();

  constructor() {
    this.dir = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "chatscribe-faults-"));
    write(this.dir, `chats/${CHAT}/chat.md`, TEACHAT);
    this.folder = new Folder(this.dir);
  }

  get archive(): Archive {
    this.#archive ??= new Archive(this.folder);
    return this.#archive;
  }

  /** Its database, by a connection of its own. */
  get db(): Database.Database {
    if (this.#db === null) {
      this.#db = new Database(join(this.dir, "archive.db"));
      this.#db.pragma("foreign_keys = OFF");
      this.#db.pragma("synchronous = OFF");
    }
    return this.#db;
  }

  all<T>(sql: string): readonly T[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all() as T[];
  }

  /** Nothing is captured. What takes most of the time of a short trial is to open a database: it stays open. */
  clear(): void {
    this.archive.refresh();
    this.#clear ??= clearing(this.db);
    this.#clear();
    rmSync(join(this.dir, "media"), { recursive: true, force: true });
  }

  /** As a process that has ended leaves it: the next one opens it anew. */
  shut(): void {
    this.#db?.close();
    this.#archive?.close();
    this.#db = null;
    this.#archive = null;
    this.#clear = null;
    this.#statements.clear();
  }

  remove(): void {
    this.shut();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function clearing(db: Database.Database): () => void {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").pluck().all();
  const clears = tables.map((table) => db.prepare(`DELETE FROM ${table}`));
  return db.transaction(() => {
    for (const clear of clears) clear.run();
  });
}

/** How one command ended. */
export interface Ended {
  readonly code: ExitCode | "died";
  readonly stopped: StopReason | "died" | null;
  /** When it makes sense to ask again. */
  readonly until: number | null;
  /** When it began and ended. */
  readonly from: number;
  readonly to: number;
  /** How many requests X had answered before. */
  readonly before: number;
  /** What is known of the session now. */
  readonly coverage: Coverage | null;
  /** What the command printed, where it is one. */
  readonly record: unknown;
  readonly said: string;
}

type Part = Omit<Ended, "until" | "from" | "to" | "before" | "coverage"> & { readonly coverage?: Coverage | null };

/** Ways to plant a bug: in the network as the driver sees it; by acknowledging a page before its commit. */
export interface Spoilt {
  readonly spoil?: (network: Network) => Network;
  readonly early?: boolean;
}

/** One trial's world: the stand-in, its clock, the archive, and the commands run in it. */
export class Stage {
  readonly clock: VirtualClock;
  readonly x: StandIn;
  readonly trouble: Trouble;
  readonly recorder = new Recorder();
  readonly #room: Room;
  readonly #plan: Plan;
  readonly #spoilt: Spoilt;
  readonly #session: Session;
  #deaths = 0;

  constructor(room: Room, plan: Plan, spoilt: Spoilt = {}) {
    this.#room = room;
    this.#plan = plan;
    this.#spoilt = spoilt;
    room.clear();
    const chat = room.folder.chat(CHAT);
    this.#session = room.folder.session(chat, SESSION, null);
    this.clock = new VirtualClock(plan.moments[0] ?? 0, { skew: plan.skew });
    this.trouble = new Trouble(this.clock, plan);
    this.x = new StandIn({ ...plan.standIn, clock: this.clock, posts: plan.posts, faults: this.trouble.faults });
    this.x.url = ADDRESS;
  }

  close(): void {
    this.x.close();
  }

  /** Rows of the archive's database, as another connection sees it: what is committed. */
  all<T>(sql: string): readonly T[] {
    return this.#room.all<T>(sql);
  }

  get #coverage(): Coverage | null {
    return this.#room.archive.coverage(this.#room.folder.chat(CHAT), this.#session);
  }

  get walks(): readonly Walk[] {
    return this.#room.archive.store.coverage.walks(KEY);
  }

  /** Lets time go by until a moment. */
  async wait(until: number): Promise<void> {
    if (until > this.clock.now()) await this.clock.advance(until - this.clock.now());
  }

  /** One command, to its end. */
  async command(way: Way, maxPosts: number | null): Promise<Ended> {
    const from = this.clock.now();
    const before = this.x.log.length;
    const ended = await (way === "driver" ? this.#drive(maxPosts) : this.#type(way, maxPosts));
    const until = ended.stopped === "end" ? null : (this.#room.archive.store.coverage.state(KEY)?.waitUntil ?? null);
    const { coverage = this.#coverage } = ended;
    return { ...ended, coverage, until, from, to: this.clock.now(), before };
  }

  /** Another command of the program. */
  async run(...args: readonly string[]): Promise<{ readonly code: ExitCode; readonly out: string; readonly said: string }> {
    let [out, said] = ["", ""];
    const effects: Effects = {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        said += text;
      },
      now: () => this.clock.now(),
      clock: this.clock,
      agent: this.x.agent(),
      env: { X_BEARER_TOKEN: TOKEN, X_API_URL: ADDRESS },
      cwd: this.#room.dir,
      terminal: false,
      ask: () => Promise.reject(new Error("nobody to ask")),
      stopped: () => new Promise(() => {}),
    };
    if (args[0] === "rebuild") this.#room.shut();
    const code = await this.clock.run(main([...args, "--archive", this.#room.dir], effects));
    this.#room.archive.refresh();
    return { code, out, said };
  }

  async #type(way: Way, maxPosts: number | null): Promise<Part> {
    const how = way === "plain" ? [`${CHAT}/${SESSION}`] : way === "--due" ? ["--due"] : [CHAT, "--follow"];
    const most = maxPosts === null ? [] : ["--max-posts", String(maxPosts)];
    const { code, out, said } = await this.run("capture", ...how, ...most, "--json");
    const record = out === "" ? null : (JSON.parse(out) as { stopped: StopReason });
    return { code, said, record, stopped: record?.stopped ?? null };
  }

  async #drive(maxPosts: number | null): Promise<Part> {
    const archive = this.#room.archive;
    let said = "";
    const { spoil = (as: Network) => as, early = false } = this.#spoilt;
    const network = spoil(this.recorder.watch(openX({ url: ADDRESS, token: TOKEN, clock: this.clock, agent: this.x.agent() })));
    const watcher = {
      progress: () => this.recorder.acknowledge(),
      notice: (line: string) => {
        said += `${line}\n`;
      },
    };
    const { signal } = new AbortController();
    const subject = { chat: this.#room.folder.chat(CHAT), session: this.#session, range: null };
    const run = prepare(subject, { archive, network, clock: this.clock, signal, maxPosts, patient: false, watcher });
    const { crash } = this.#plan;
    if (crash !== null && this.#deaths < DEATHS) dieAt({ left: crash.at, committed: crash.committed });
    if (early) callEarly(() => this.recorder.acknowledge());
    try {
      const report = upToDate(run) ?? (await this.clock.run(this.#sweep(run)));
      return {
        code: exitOf(report),
        stopped: report.stopped,
        coverage: report.coverage,
        record: null,
        said: `${said}${report.said ?? ""}`,
      };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.#deaths++;
      this.#room.shut();
      return { code: "died", stopped: "died", record: null, said };
    } finally {
      dieAt(null);
      callEarly(null);
      this.recorder.forget();
    }
  }

  /** As src/cli/capture.ts does it. */
  async #sweep(run: ReturnType<typeof prepare>) {
    try {
      await estimate(run);
    } catch (error) {
      if (error instanceof Stop) return stopped(run, error);
      throw error;
    }
    return capture(run);
  }
}
