import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserLauncher, SessionResult } from '@web/test-runner';
import { webkitPaths } from './browsers.js';
import { freePort } from './free-port.js';

/** The code points that the WebDriver standard gives to keys without a character. */
const KEYS: Record<string, string> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  Backspace: '\uE003',
  Delete: '\uE017',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
/**
 * The characters that a US keyboard has on a key with Shift. After some other test files, WebKitGTK's driver types "@" as "2" and
 * "A" as "a" unless Shift is pressed as well.
 */
const SHIFTED = /^[A-Z~!@#$%^&*()_+{}|:"<>?]$/;
const BUTTONS = { left: 0, middle: 1, right: 2 };
type MouseButton = keyof typeof BUTTONS;

/** The longest wait for a WebDriver command, so that a page that hangs fails its own file and not the run. */
const COMMAND_MS = 60_000;
/** The longest wait until the driver listens. */
const START_MS = 30_000;

/** WebKitGTK for @web/test-runner, over WebDriver. It has no headless mode, so it gets its own display. */
export class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  /** Makes the runner's own `sendKeys` and `sendMouse` commands call the methods below. */
  readonly type = 'webdriver';
  readonly concurrency = 1;
  #processes: ChildProcess[] = [];
  #sessionUrl = '';
  #starting: Promise<void> | undefined;
  #pages = new Map<string, string>();

  #signal: AbortSignal;

  /** @param signal Ends the browser and its display. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#kill());
  }

  isActive(id: string): boolean {
    return this.#pages.has(id);
  }

  getBrowserUrl(id: string): string | undefined {
    return this.#pages.get(id);
  }

  async startSession(id: string, url: string): Promise<void> {
    await (this.#starting ??= this.#start());
    this.#pages.set(id, url);
    // The size that the other launchers give their pages.
    await this.setViewport({ width: 800, height: 600 });
    await this.#command('POST', '/url', { url });
  }

  async stopSession(id: string): Promise<SessionResult> {
    this.#pages.delete(id);
    try {
      await this.#command('POST', '/url', { url: 'about:blank' });
    } catch (error) {
      // After a page that hangs, the next file gets a new browser.
      this.#kill();
      this.#starting = undefined;
      throw error;
    }
    return {};
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('WebKit has no debug session here'));
  }

  async stop(): Promise<void> {
    if (this.#sessionUrl) await this.#command('DELETE', '').catch(() => undefined);
    this.#kill();
  }

  /** Presses the keys one after the other; each is a key's name or a character. */
  sendKeys(_id: string, keys: string[]): Promise<void> {
    const { Shift: shift } = KEYS;
    return this.#keys(
      keys.flatMap((key) => {
        const value = KEYS[key] ?? key;
        const press = [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ];
        return SHIFTED.test(value)
          ? [{ type: 'keyDown', value: shift }, ...press, { type: 'keyUp', value: shift }]
          : press;
      }),
    );
  }

  /** Presses or releases one key. */
  sendKey(direction: 'down' | 'up', key: string): Promise<void> {
    return this.#keys([{ type: direction === 'down' ? 'keyDown' : 'keyUp', value: KEYS[key] ?? key }]);
  }

  sendMouseMove(_id: string, x: number, y: number): Promise<void> {
    return this.#mouse([{ type: 'pointerMove', duration: 0, x, y }]);
  }

  sendMouseClick(_id: string, x: number, y: number, button: MouseButton = 'left'): Promise<void> {
    return this.#mouse([
      { type: 'pointerMove', duration: 0, x, y },
      { type: 'pointerDown', button: BUTTONS[button] },
      { type: 'pointerUp', button: BUTTONS[button] },
    ]);
  }

  sendMouseDown(_id: string, button: MouseButton = 'left'): Promise<void> {
    return this.#mouse([{ type: 'pointerDown', button: BUTTONS[button] }]);
  }

  sendMouseUp(_id: string, button: MouseButton = 'left'): Promise<void> {
    return this.#mouse([{ type: 'pointerUp', button: BUTTONS[button] }]);
  }

  async resetMouse(): Promise<void> {
    await this.#command('DELETE', '/actions');
  }

  /** Resizes the window until the page has the given size. The window cannot be narrower than 447 pixels. */
  async setViewport({ width, height }: { width: number; height: number }): Promise<void> {
    for (let attempt = 0; attempt < 8; attempt++) {
      const script = 'return [innerWidth, innerHeight]';
      const [w, h] = (await this.#command('POST', '/execute/sync', { script, args: [] })) as [number, number];
      if (w === width && h === height) return;
      const window = (await this.#command('GET', '/window/rect')) as { width: number; height: number };
      await this.#command('POST', '/window/rect', {
        width: window.width + width - w,
        height: window.height + height - h,
      });
      // The window manager answers before the page has its new size.
      await wait(60);
    }
    throw new Error(`WebKit cannot make the page ${width} x ${height}: 447 pixels is the least width`);
  }

  /** A picture of the viewport: a PNG in base64. */
  async screenshot(): Promise<string> {
    return (await this.#command('GET', '/screenshot')) as string;
  }

  async #keys(actions: object[]): Promise<void> {
    await this.#command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async #mouse(actions: object[]): Promise<void> {
    await this.#command('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  async #command(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#sessionUrl + path, {
      method,
      signal: AbortSignal.timeout(COMMAND_MS),
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const { value } = (await response.json()) as { value?: { error?: string; message?: string } };
    if (value?.error) throw new Error(`WebKit: ${value.error}: ${value.message}`);
    return value;
  }

  async #start(): Promise<void> {
    const { driver, browser, display } = webkitPaths();
    const screen = this.#spawn(display, [
      '-displayfd',
      '3',
      '-screen',
      '0',
      '1400x1200x24',
      '-nolisten',
      'tcp',
    ]);
    const [number] = (await once(screen.stdio[3] as Readable, 'data')) as [Buffer];
    const port = await freePort();
    this.#spawn(driver, [`--port=${port}`], { DISPLAY: `:${number.toString().trim()}` });
    this.#sessionUrl = `http://127.0.0.1:${port}`;
    await this.#untilListening();
    const options = { binary: browser, args: ['--automation'] };
    const session = (await this.#command('POST', '/session', {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } },
    })) as { sessionId: string };
    this.#sessionUrl += `/session/${session.sessionId}`;
  }

  async #untilListening(): Promise<void> {
    const deadline = Date.now() + START_MS;
    for (;;) {
      try {
        await this.#command('GET', '/status');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await wait(50);
      }
    }
  }

  /** Starts a program in its own process group, so that its child processes end with it. */
  #spawn(command: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    this.#signal.throwIfAborted();
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    child.on('error', (error) => console.error(`${command}: ${error.message}`));
    this.#processes.push(child);
    return child;
  }

  #kill(): void {
    // The browser ends before its display, because it would print an error.
    for (const { pid } of this.#processes.reverse()) {
      try {
        if (pid) process.kill(-pid, 'SIGTERM');
      } catch {
        // The process has ended already.
      }
    }
    this.#processes = [];
    this.#sessionUrl = '';
  }
}
