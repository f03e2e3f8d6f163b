/**
 * Fails the browser test that leaves an unexpected message in the console. The runner puts this module before every browser test
 * file; a test that means to provoke a message says so with `expectConsole`.
 */

interface ConsoleCall {
  text: string;
  /** The test that was running, or when it came between tests. */
  during: string;
}

const LEVELS = ['warn', 'error'] as const;
const BEFORE = 'before the first test';
let during = BEFORE;
let calls: ConsoleCall[] = [];
let expected: RegExp[] = [];

/** Says that this test makes the console warn or complain. It fails if no message matches, and matching messages are not shown. */
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

/** What is wrong with the messages of the test that just ran, if anything; it starts a new list. */
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

// What comes while nothing runs, as from the hooks of a test, or from a promise nobody awaited.
after(async () => {
  // Lets the last test's timers of this moment have their say.
  await new Promise((resolve) => setTimeout(resolve));
  const error = complaint();
  if (error) throw error;
});
