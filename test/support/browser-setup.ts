/**
 * Fails a browser test that writes an unexpected message to the console. The runner imports this module before every browser test
 * file. A test that provokes a message on purpose announces it with `expectConsole`.
 */

interface ConsoleCall {
  text: string;
  /** The running test, or where between tests the message was written. */
  during: string;
}

const LEVELS = ['warn', 'error'] as const;
const BEFORE = 'before the first test';
let during = BEFORE;
let calls: ConsoleCall[] = [];
let expected: RegExp[] = [];

/** Announces a warning or an error in the console. The test fails if no message matches. Matching messages are not printed. */
export function expectConsole(pattern: RegExp): void {
  expected.push(pattern);
}

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return String(value);
  }
}

for (const level of LEVELS) {
  const show = console[level].bind(console);
  console[level] = (...values: unknown[]) => {
    const text = values.map(textOf).join(' ');
    calls.push({ text, during });
    if (!expected.some((pattern) => pattern.test(text))) show(...values);
  };
}

/** Describes the unexpected and missing messages of the last test, and starts a new list. */
function complaint(): Error | undefined {
  const unexpected = calls.filter(({ text }) => !expected.some((pattern) => pattern.test(text)));
  const missing = expected.filter((pattern) => !calls.some(({ text }) => pattern.test(text)));
  calls = [];
  expected = [];
  if (unexpected.length)
    return new Error(
      unexpected
        .map(({ text, during }) => `Unexpected message in the console (${during}): ${text}`)
        .join('\n'),
    );
  if (missing.length) return new Error(`The console never got a message like ${missing.join(' and ')}`);
  return undefined;
}

beforeEach(function () {
  const test = this.currentTest;
  if (!test?.fn) return;
  during = test.title;
  const run = test.fn as (this: Mocha.Context, done?: Mocha.Done) => unknown;
  // Checked inside the test: an error in a hook would end the whole file.
  test.fn = run.length
    ? function (done) {
        return run.call(this, (error?: unknown) => done(error ?? complaint())) as undefined;
      }
    : async function (this: Mocha.Context) {
        await run.call(this);
        const error = complaint();
        if (error) throw error;
      };
});

afterEach(() => {
  during = `after "${during}"`;
});

// Messages that come between tests: from hooks, or from a promise that no test awaited.
after(async () => {
  // Lets the timers of the last test that are due now run first.
  await new Promise((resolve) => setTimeout(resolve));
  const error = complaint();
  if (error) throw error;
});
