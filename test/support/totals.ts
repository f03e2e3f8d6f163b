/** Tests that passed, failed and were skipped, over all stages of a run. */
export class Totals {
  passed = 0;
  failed = 0;
  skipped = 0;

  add(other: Readonly<Counts>): void {
    this.passed += other.passed;
    this.failed += other.failed;
    this.skipped += other.skipped;
  }

  /** The closing line of a run. */
  toString(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}

/** The results of a stage, a file or a page. */
export type Counts = Pick<Totals, 'passed' | 'failed' | 'skipped'>;
