import { sleep } from "../clock.ts";
import { Fault, type Page } from "../source/network.ts";
import { type RunOptions, Stop, type Watcher } from "./run.ts";

const SECOND = 1000;
/** capture.md, "Retrying". */
const TRIES = 8;
const LONG = 60 * SECOND;
const AFTER_CREDIT = 3600 * SECOND;

/** Who asks, and how many requests that took until now. */
export interface Asking {
  requests: number;
  readonly options: Pick<RunOptions, "clock" | "network" | "patient" | "signal"> & { readonly watcher: Pick<Watcher, "notice"> };
}

/** Pages of the network, asked for again where a fault may pass (capture.md, "Retrying"). `open` begins at the `next` of the last page
 *  that came, at first at `token`. Throws Stop where it does not pass, Fault only of the kind `token`. */
export async function* patiently<P extends Page>(
  run: Asking,
  open: (token: string | null) => AsyncIterable<P>,
  token: string | null = null,
): AsyncGenerator<P> {
  let tries = 0;
  let next = token;
  for (;;) {
    try {
      for await (const page of counted(run, open(next))) {
        tries = 0;
        next = page.next;
        yield page;
        if (run.options.signal.aborted) throw interrupted();
      }
      return;
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === "token") throw error;
      if (run.options.signal.aborted) throw interrupted();
      tries++;
      await waitOut(run, error, tries);
    }
  }
}

export const interrupted = (): Stop => new Stop("interrupted", "interrupted");

/** Counts the requests: each page is one, and each fault. */
async function* counted<P extends Page>(run: Asking, pages: AsyncIterable<P>): AsyncGenerator<P> {
  try {
    for await (const page of pages) {
      run.requests++;
      yield page;
    }
  } catch (error) {
    if (error instanceof Fault) run.requests++;
    throw error;
  }
}

/** Waits until a request can be tried again, or throws the Stop that says why not. `tries`: how often it was tried. */
async function waitOut(run: Asking, fault: Fault, tries: number): Promise<void> {
  const { clock, network, patient, signal, watcher } = run.options;
  const now = clock.now();
  const wait = waitFor(fault, tries);
  if (wait === null) throw stopFor(fault, network.name, now);
  if (tries >= TRIES) throw new Stop("no answer", `${network.name} ${fault.message}, ${TRIES} times`);
  if (wait > LONG && !patient)
    throw new Stop(fault.kind === "limit" ? "rate limit" : "no answer", `${network.name} ${fault.message}`, now + wait);
  watcher.notice(`${network.name} ${fault.message}: trying again in ${Math.ceil(wait / SECOND)} s`);
  if (!(await sleep(clock, wait, signal))) throw interrupted();
}

/** null: waiting does not help. */
function waitFor({ kind, wait }: Fault, tries: number): number | null {
  if (kind === "transient") return Math.min(0.5 * SECOND * 2 ** (tries - 1), 30 * SECOND);
  if (kind === "busy") return Math.min(SECOND * 2 ** (tries - 1), 60 * SECOND);
  return kind === "limit" ? (wait ?? LONG) : null;
}

function stopFor({ kind, message }: Fault, network: string, now: number): Stop {
  const said = `${network} ${message}`;
  if (kind === "credit") return new Stop("no credit", said, now + AFTER_CREDIT);
  if (kind === "credentials") return new Stop("credentials", said);
  if (kind === "forbidden") return new Stop("no access", said);
  return new Stop(kind === "too large" ? "too large" : "refused", said);
}
