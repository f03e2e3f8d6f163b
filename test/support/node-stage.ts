import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { run } from 'node:test';
import type { EventData } from 'node:test';
import { inspect } from 'node:util';
import { Totals } from './totals.js';

/** Longest time for one file, unless property tests run at full length. */
const FILE_TIMEOUT_MS = 600_000;
/** How often a silent run says that it is alive. */
const HEARTBEAT_MS = 10_000;

/** The events that come file by file; the others come as things happen. */
const REPORTED = new Set(['test:pass', 'test:fail', 'test:diagnostic', 'test:stdout', 'test:stderr']);

interface NodeStageOptions {
  /** Whether files may run side by side; not where they start servers and browsers. */
  parallel: boolean;
  /** Ends the processes of the files that still run. */
  signal: AbortSignal;
}

/** An error as a developer wants to read it: without Node's own frames, an assertion without the fields that its message shows. */
function describe(error: unknown): string {
  const { code, stack } = error as { code?: unknown; stack?: string };
  const text = code === 'ERR_ASSERTION' && stack ? stack : typeof error === 'string' ? error : inspect(error);
  return text.replaceAll(/^ +at .*[( ]node:.*\n?/gm, '').trimEnd();
}

/** What node:test says about one file, gathered until the file is over. */
class FileReport {
  readonly counts = new Totals();
  readonly startedAt = Date.now();
  readonly failures: string[] = [];
  readonly notes: string[] = [];
  output = '';

  constructor(readonly file: string) {}

  pass({ name, skip, todo, details }: EventData.TestPass): void {
    // A file in which nothing called `test` is reported as one passed test.
    if (name === this.file) this.#fail(`${relative('.', name)} holds no tests`);
    else if (skip !== undefined || todo !== undefined) this.counts.skipped++;
    else if (details.type !== 'suite') this.counts.passed++;
  }

  fail({ name, details: { error } }: EventData.TestFail): void {
    const { failureType, cause } = error as Error & { failureType?: string };
    // The subtest has been counted.
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

/** Runs test files with node:test, each in a process of its own, and prints one line a file. */
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
  // Each file listens to it, and so do the run and what ends the browsers.
  setMaxListeners(files.length + 4, options.signal);
  const stream = run({
    files,
    concurrency: options.parallel ? availableParallelism() : 1,
    signal: options.signal,
    timeout: process.env['FC_RUNS'] ? Infinity : FILE_TIMEOUT_MS,
  });
  try {
    for await (const { type, data } of stream as AsyncIterable<{ type: string; data: { file?: string } }>) {
      // Node's own sums come without a file.
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
