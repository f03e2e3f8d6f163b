import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pagePolicy, writeReport } from '../../src/cli/report.js';
import { ENDPOINT } from '../server/fixtures.js';
import { blocksOf } from '../support/documents.js';
import { checkShop } from './fixtures.js';

describe('the report', () => {
  it('is the text that the guide shows', async () => {
    const [block] = blocksOf('docs/backend.md', 'text');
    const [, command, shown] = /^\$ (.*)\n([^]*)$/.exec(block!.code)!;
    const { results } = await checkShop({ webhookSecret: undefined });
    assert.equal(command, `npx hsa-checkout-button doctor ${ENDPOINT}`);
    assert.equal(shown, writeReport(results, { endpoint: ENDPOINT }, false));
  });

  it('prints the fix below each failure, and the number of failures', () => {
    const report = writeReport(
      [
        { name: 'Method', verdict: 'pass', message: 'fine' },
        { name: 'Clock', verdict: 'fail', message: '90 s ahead', fix: 'Set it.' },
      ],
      { endpoint: ENDPOINT },
      false,
    );
    assert.match(report, /^✔ Method {2}fine\n✖ Clock {3}90 s ahead\n {10}→ Set it\.\n/);
    assert.match(report, /\n1 thing is wrong\.\n$/);
  });

  it('uses colour codes only on request', () => {
    const results = [{ name: 'Clock', verdict: 'pass', message: 'fine' } as const];
    assert.match(writeReport(results, { endpoint: ENDPOINT }, true), /^\x1b\[32m✔\x1b\[0m Clock {2}fine\n/);
    assert.doesNotMatch(writeReport(results, { endpoint: ENDPOINT }, false), /\x1b/);
  });
});

describe('the policy in the report', () => {
  it('names the endpoint’s origin only if it differs from the page’s', () => {
    const own = "script-src 'self'; connect-src 'self'";
    assert.equal(pagePolicy(ENDPOINT), own);
    assert.equal(pagePolicy(ENDPOINT, 'https://shop.example'), own);
    assert.equal(
      pagePolicy(ENDPOINT, 'https://www.shop.example'),
      "script-src 'self'; connect-src https://shop.example",
    );
    assert.equal(
      pagePolicy('http://localhost:3000/api', 'http://localhost:8080'),
      "script-src 'self'; connect-src http://localhost:3000",
    );
  });
});
