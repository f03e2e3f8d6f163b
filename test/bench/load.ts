import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CART, ENDPOINT, headersOf } from './handler.js';
import { percentile, printRatios, takeTurns, type Figures } from './interleave.js';

/*
 * The requests per second of the handler over real connections, beside a bare Hono route and a bare `node:http` server, each in its
 * own process. This process sends the requests over plain sockets, because an HTTP client would be the slowest part. It connects only
 * to loopback.
 */

const CONNECTIONS = 16;
const ROUND_MS = 400;
const SERVER = fileURLToPath(new URL('server.ts', import.meta.url));

/** Whether a response is complete. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return length ? text.length >= end + 4 + Number(length) : text.endsWith('\r\n0\r\n\r\n');
}

/** Sends requests over one connection, one after the other, until the time is over. */
function ask(socket: Socket, path: string, until: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    let sent = 0;
    const send = () => {
      const headers = { host: 'localhost', ...headersOf(crypto.randomUUID()), 'content-length': CART.length };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      text = '';
      sent = performance.now();
      socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${CART}`);
    };
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (piece) => {
      text += piece;
      if (!isWhole(text)) return;
      if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text.slice(0, 300)));
      times.push(performance.now() - sent);
      if (performance.now() < until) return send();
      socket.destroy();
      resolve();
    });
    send();
  });
}

/** One round of load on one path. */
async function load(port: number, path: string): Promise<Figures> {
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const times: number[] = [];
  const start = performance.now();
  await Promise.all(sockets.map((socket) => ask(socket, path, start + ROUND_MS, times)));
  const seconds = (performance.now() - start) / 1000;
  return { 'requests per second': times.length / seconds, 'p99, ms': percentile(times, 0.99) };
}

async function serve(kind: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(SERVER, [kind], { execArgv: ['--import', 'tsx'] });
  process.once('exit', () => child.kill());
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

/** Prints requests per second and their p99, as ratios to those of the handler. */
export async function compareLoad(): Promise<[]> {
  const [node, hono] = await Promise.all(['node', 'hono'].map(serve));
  try {
    const results = await takeTurns(
      'load',
      {
        'the handler in Hono': () => load(hono!.port, ENDPOINT),
        'bare Hono': () => load(hono!.port, '/bare'),
        'bare node:http': () => load(node!.port, '/bare'),
      },
      { warmUp: 5 },
    );
    const show = (figure: number) => (figure < 100 ? figure.toFixed(2) : figure.toFixed(0));
    printRatios(`${CONNECTIONS} connections`, results, show);
  } finally {
    for (const server of [node, hono]) server!.child.disconnect();
  }
  return [];
}
