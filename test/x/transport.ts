import { Agent, type AgentOptions, type Server } from "node:http";
import { Duplex } from "node:stream";
import type { Clock } from "../../src/clock.ts";

/** What a connection has to say about time: that something happens, and when a silence has lasted too long. */
export interface Beat {
  readonly clock: Clock;
  touch(): void;
}

const connectionReset = (): Error => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });

/** One end of a connection inside the process: what of a socket node's http asks for. Its timeout goes by the clock that was passed in. */
class End extends Duplex {
  other: End | null = null;
  readonly remoteAddress = "127.0.0.1";
  readonly connecting = false;
  readonly #beat: Beat;
  #taken: (() => void) | null = null;
  #limit = 0;
  #callOff: (() => void) | null = null;

  constructor(beat: Beat) {
    super({ allowHalfOpen: false });
    this.#beat = beat;
  }

  override _read(): void {
    const taken = this.#taken;
    this.#taken = null;
    taken?.();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#stir();
    const { other } = this;
    if (other === null || other.destroyed) {
      done();
      return;
    }
    other.#stir();
    other.#taken = done;
    other.push(bytes);
  }

  override _final(done: () => void): void {
    this.#beat.touch();
    if (this.other?.destroyed === false) this.other.push(null);
    done();
  }

  /** The other end sees the end; where something it has sent was not taken, a reset. */
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.setTimeout(0);
    this.#beat.touch();
    const { other } = this;
    const untaken = this.#taken !== null;
    this.#taken = null;
    if (other !== null && !other.destroyed) {
      if (untaken) other.destroy(connectionReset());
      else if (!other.readableEnded) other.push(null);
    }
    done(error);
  }

  /** Breaks the connection: the other end sees ECONNRESET. */
  resetAndDestroy(): this {
    this.other?.destroy(connectionReset());
    return this.destroy();
  }

  setTimeout(ms: number, then?: () => void): this {
    if (then !== undefined && ms > 0) this.once("timeout", then);
    else if (then !== undefined) this.off("timeout", then);
    this.#limit = ms;
    this.#wait();
    return this;
  }

  get timeout(): number {
    return this.#limit;
  }

  #stir(): void {
    this.#beat.touch();
    if (this.#limit > 0) this.#wait();
  }

  #wait(): void {
    this.#callOff?.();
    this.#callOff = this.#limit > 0 && !this.destroyed ? this.#beat.clock.after(this.#limit, () => this.emit("timeout")) : null;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", () => this.destroy());
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** Connects to `server` inside the process, whatever host and port are asked for. */
export class MemoryAgent extends Agent {
  readonly #server: Server;
  readonly #beat: Beat;

  constructor(server: Server, beat: Beat, options: AgentOptions) {
    super(options);
    this.#server = server;
    this.#beat = beat;
  }

  override createConnection(options: { readonly timeout?: number }): Duplex {
    const [here, there] = [new End(this.#beat), new End(this.#beat)];
    here.other = there;
    there.other = here;
    if (options.timeout !== undefined && options.timeout > 0) here.setTimeout(options.timeout);
    this.#server.emit("connection", there);
    return here;
  }
}
