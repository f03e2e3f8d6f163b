import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import { pathOf, type Program } from './programs.js';

/** The server that the tests of the shared store talk to. */
export const REDIS: Program = {
  name: 'redis-server',
  env: 'REDIS_PATH',
  places: () => ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'],
  debianPackage: 'redis-server',
};

/** How long a Redis may take until it listens, in milliseconds. */
const START_MS = 20_000;

/**
 * Starts a program and kills it as soon as the pipe to it closes, which it does however this process ends: a Redis that
 * nobody waits for would stay for ever.
 */
const GUARD = '"$@" & child=$!; read -r _; kill -9 "$child"; wait "$child" 2>/dev/null';

/** A real Redis on a free port of this machine, which can die and come back. */
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

  /** Starts it, again and again on the same port, with the data it had unless told. Done when it takes connections. */
  async start({ isEmpty = false } = {}): Promise<void> {
    if (isEmpty) await rm(join(this.#folder, 'appendonlydir'), { recursive: true });
    const options = {
      port: String(this.#port),
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      // Nothing that was answered is lost when it is killed.
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn('sh', ['-c', GUARD, 'sh', pathOf(REDIS), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    const deadline = setTimeout(() => child.stdin.end(), START_MS);
    const said: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      said.push(line);
      if (!line.includes('Ready to accept connections')) continue;
      clearTimeout(deadline);
      child.stdout.resume();
      return;
    }
    throw new Error(`redis-server did not start\n${said.join('\n')}`);
  }

  /** Kills it as a power cut would. Done when it is gone. */
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

/** Starts a Redis that is empty. Close it, whatever happens. */
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
