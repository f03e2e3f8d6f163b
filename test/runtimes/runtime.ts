import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { exchange } from '../support/exchange.js';

/** The longest time until a runtime listens on a busy machine, in milliseconds. */
const START_MS = 90_000;
/** The interval of the requests that wait for it. */
const ASK_EVERY_MS = 100;

/** A program that serves the shop. */
export interface Runtime {
  /** Its output so far. */
  output(): string;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
// Ends the runtimes with the tests, however these end. A process group, because some start child processes.
process.on('exit', () => running.forEach(kill));

function kill({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function answers(url: string): Promise<boolean> {
  return exchange(url).then(
    () => true,
    () => false,
  );
}

/** Starts a program and waits until it answers at `url`. @throws with its output if it ends before. */
export async function startRuntime(
  command: string,
  args: readonly string[],
  { cwd, env, url }: { cwd: string; env: Record<string, string>; url: string },
): Promise<Runtime> {
  const child = spawn(command, args, {
    cwd,
    // Without the variables of the test runner.
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
