import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The longest time of a step, in milliseconds. The slowest installation takes two minutes on a busy machine. */
const STEP_MS = 10 * 60_000;

/** Prints the name of a step, and then its duration. */
export async function step<T>(project: string, what: string, work: () => Promise<T>): Promise<T> {
  process.stdout.write(`  ${project}: ${what} … `);
  const start = performance.now();
  try {
    const result = await work();
    console.log(`${Math.round((performance.now() - start) / 1000)} s`);
    return result;
  } catch (error) {
    console.log('✖');
    throw error;
  }
}

/** Runs a program to its end. @throws with its output if it fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string | undefined> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? code}\n${output}`));
    });
  });
}

/** The path of a program of the project. */
export const programOf = (folder: string, program: string): string =>
  program === 'node' ? process.execPath : join(folder, 'node_modules/.bin', program);
