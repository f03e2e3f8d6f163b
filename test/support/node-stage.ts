import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';
import { inspect } from 'node:util';
import { Totals } from './totals.js';

/** Longest time for one file, unless property tests run at full length. */
const FILE_TIMEOUT_MS = 600_000;
/** How often a run without results prints its progress. */
const HEARTBEAT_MS = 10_000;

/** The events that come in the order of the files. All others come at once. */
const REPORTED = new Set(['test:pass', 'test:fail', 'test:diagnostic', 'test:stdout', 'test:stderr']);

interface NodeStageOptions {
  /** Whether files may run in parallel. Not for files that start servers and browsers. */
  parallel: boolean;
  /** Ends the processes of the files that still run. */
  signal: AbortSignal;
}

/** Formats an error without Node's own stack frames, and an assertion without the fields that its message repeats. */
function describe(error: unknown): string {
  const { code, stack } = error as { code?: unknown; stack?: string };
  const text = code === 'ERR_ASSERTION' && stack ? stack : typeof error === 'string' ? error : inspect(error);
  return text.replaceAll(/^ +at .*[( ]node:.*\n?/gm, '').trimEnd();
}

/** The events of one file, collected until the file ends. */
class FileReport {
  readonly counts = new Totals();
  readonly startedAt = Date.now();
  readonly failures: string[] = [];
  readonly notes: string[] = [];
  output = '';

  constructor(readonly file: string) {}

  pass({ name, skip, todo, details }: EventData.TestPass): void {
    // node:test reports a file without tests as one passed test.
    if (name === this.file) this.#fail(`${relative('.', name)} holds no tests`);
    else if (skip !== undefined || todo !== undefined) this.counts.skipped++;
    else if (details.type !== 'suite') this.counts.passed++;
  }

  fail({ name, details: { error } }: EventData.TestFail): void {
    const { failureType, cause } = error as Error & { failureType?: string };
    // The subtest is counted already.
    if (failureType === 'subtestsFailed') return;
    this.#fail(`${name === this.file ? 'the file as a whole' : name}\n${describe(cause ?? error)}`);
  }

  #fail(text: string): void {
    this.counts.failed++;
    this.failures.push(text);
  }

  print(): void {
    const { counts, failures, notes, output } = this;
    console.log(`  ${failures.length ? '✖' : '✔'} ${relative('.', this.file)}  ${counts.toString()}`);
    for (const note of notes) console.log(`      ${note}`);
    for (const failure of failures) console.log(`    ✖ ${failure.replaceAll('\n', '\n      ')}`);
    if (failures.length && output) console.log(`    It printed:\n${output}`);
  }
}

/** Runs test files with node:test, each in its own process, and prints a line for each. */
export async function runNodeTests(files: readonly string[], options: NodeStageOptions): Promise<Totals> {
  const totals = new Totals();
  let current: FileReport | undefined;
  const finish = () => {
    if (!current) return;
    current.print();
    totals.add(current.counts);
    current = undefined;
  };
  /** The reported events come in the order of the files, all of one file before the first of the next. */
  const reportOf = (file: string): FileReport => {
    if (file !== current?.file) {
      finish();
      current = new FileReport(file);
    }
    return current;
  };

  const startedAt = Date.now();
  const heartbeat = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(`  … ${seconds} s, ${totals.passed + totals.failed} tests of finished files so far`);
  }, HEARTBEAT_MS);
  // Each file adds a listener to the signal.
  setMaxListeners(files.length + 4, options.signal);
  const stream = run({
    files,
    concurrency: options.parallel ? availableParallelism() : 1,
    signal: options.signal,
    timeout: process.env['FC_RUNS'] ? Infinity : FILE_TIMEOUT_MS,
  });
  try {
    for await (const { type, data } of stream as AsyncIterable<{ type: string; data: { file?: string } }>) {
      // The totals of node:test come without a file.
      if (!REPORTED.has(type) || !data.file) continue;
      const report = reportOf(data.file);
      if (type === 'test:pass') report.pass(data as EventData.TestPass);
      else if (type === 'test:fail') report.fail(data as EventData.TestFail);
      else if (type === 'test:diagnostic') report.notes.push((data as EventData.TestDiagnostic).message);
      else report.output += (data as EventData.TestStdout).message;
    }
    finish();
  } finally {
    clearInterval(heartbeat);
  }
  return totals;
}
