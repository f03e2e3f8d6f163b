import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');
/** The longest that one run of the command may take, in milliseconds. */
const RUN_MS = 30_000;

let bundled: string | undefined;

/** The command as one file, so that each of many runs starts at once. The file goes when this process does. */
function commandFile(): string {
  if (bundled) return bundled;
  const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-command-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  bundled = join(folder, 'main.mjs');
  const entry = join(ROOT, 'src/cli/main.ts');
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: bundled });
  return bundled;
}

/** Runs the command in a process of its own, without this one's environment. */
export async function runCommand(args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [commandFile(), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_MS,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
