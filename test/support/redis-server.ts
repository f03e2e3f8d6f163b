import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import { pathOf, type Program } from './programs.js';

/** The server for the tests of the Redis store. */
export const REDIS: Program = {
  name: 'redis-server',
  env: 'REDIS_PATH',
  places: () => ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'],
  debianPackage: 'redis-server',
};

/** The longest time until Redis listens, in milliseconds. */
const START_MS = 20_000;

/**
 * Starts a program and kills it when the pipe to it closes. The pipe closes however this process ends, so that no Redis stays
 * behind.
 */
const GUARD = '"$@" & child=$!; read -r _; kill -9 "$child"; wait "$child" 2>/dev/null';

/** A real Redis on a free port of this machine, which a test can kill and start again. */
export class RedisServer {
  readonly #port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  constructor(port: number, folder: string) {
    this.#port = port;
    this.#folder = folder;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts it on the same port, with its former data unless told otherwise. Resolves when it accepts connections. */
  async start({ isEmpty = false } = {}): Promise<void> {
    if (isEmpty) await rm(join(this.#folder, 'appendonlydir'), { recursive: true });
    const options = {
      port: String(this.#port),
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      // Each command is on disk before its response, so that a kill loses none.
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn('sh', ['-c', GUARD, 'sh', pathOf(REDIS), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    const deadline = setTimeout(() => child.stdin.end(), START_MS);
    const output: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      output.push(line);
      if (!line.includes('Ready to accept connections')) continue;
      clearTimeout(deadline);
      child.stdout.resume();
      return;
    }
    throw new Error(`redis-server did not start\n${output.join('\n')}`);
  }

  /** Kills it without a shutdown. Resolves when it has ended. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    child.stdin!.end();
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Starts an empty Redis. The caller has to close it. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hsa-checkout-redis-'));
  const server = new RedisServer(await freePort(), folder);
  try {
    await server.start();
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}
