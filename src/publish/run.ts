import { spawn } from "node:child_process";
import { EXIT, UserError } from "../errors.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a program to its end. Throws UserError where it is not there. */
export async function run(program: string, args: readonly string[], { input = "", env = {}, cwd }: RunOptions = {}): Promise<Ran> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) });
  const [out, err] = [child.stdout, child.stderr].map((stream) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    return parts;
  });
  child.stdin.on("error", () => undefined); // one that ends early tells it by its exit code
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, refuse) => {
    child.once("error", refuse);
    child.once("close", (status) => resolve(status ?? 1));
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`publish: ${program} is not installed; install it (Debian: apt-get install ${program})`);
  });
  const text = (parts: readonly Buffer[] | undefined): string => Buffer.concat(parts ?? []).toString("utf8");
  return { code, out: text(out), err: text(err) };
}

/** What went wrong at a target, in the program's own last words. */
export function failed(name: string, { err, code }: Ran): UserError {
  const said =
    err
      .trim()
      .split("\n")
      .findLast((line) => line.trim() !== "") ?? `exit ${code}`;
  return new UserError(`${name}: cannot be published to: ${said.trim()}`, EXIT.disk);
}
