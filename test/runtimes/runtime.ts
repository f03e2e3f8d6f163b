import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { exchange } from '../support/exchange.js';

/** How long a runtime may take to listen on a busy machine, in milliseconds. */
const START_MS = 90_000;
/** How often it is asked whether it does. */
const ASK_EVERY_MS = 100;

/** A program that serves the shop. */
export interface Runtime {
  /** Everything that it printed. */
  output(): string;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
// However the tests end, no runtime outlives them. A group, because some start children of their own.
process.on('exit', () => running.forEach(kill));

function kill({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function answers(url: string): Promise<boolean> {
  return exchange(url).then(
    () => true,
    () => false,
  );
}

/** Starts a program and waits until it answers at `url`. @throws when it ends before, with what it printed. */
export async function startRuntime(
  command: string,
  args: readonly string[],
  { cwd, env, url }: { cwd: string; env: Record<string, string>; url: string },
): Promise<Runtime> {
  const child = spawn(command, args, {
    cwd,
    // What a test runner sets for itself is no business of the shop.
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  let ended = '';
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended ||= `it ended with ${signal ?? code}`));

  const stop = async () => {
    running.delete(child);
    if (ended) return;
    const exit = once(child, 'exit');
    kill(child);
    await exit;
  };
  const deadline = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} does not listen: ${ended || 'it takes too long'}\n${output}`);
    }
    await pause(ASK_EVERY_MS);
  }
  return { output: () => output, stop };
}
