import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pagePolicy } from '../../src/cli/csp.js';
import { writeReport } from '../../src/cli/report.js';
import { ENDPOINT } from '../server/fixtures.js';
import { blocksOf } from '../support/documents.js';
import { callDoctor } from './fixtures.js';

describe('the report', () => {
  it('is what the guide shows', async () => {
    const [block] = blocksOf('docs/backend.md', 'text');
    const [, command, shown] = /^\$ (.*)\n([^]*)$/.exec(block!.code)!;
    const { findings } = await callDoctor({ webhookSecret: undefined });
    assert.equal(command, `npx hsa-checkout-button doctor ${ENDPOINT}`);
    assert.equal(shown, writeReport(findings, { endpoint: ENDPOINT }, false));
  });

  it('says under what is wrong what to do next, and counts', () => {
    const report = writeReport(
      [
        { name: 'Method', verdict: 'right', says: 'fine' },
        { name: 'Clock', verdict: 'wrong', says: '90 s ahead', next: 'Set it.' },
      ],
      { endpoint: ENDPOINT },
      false,
    );
    assert.match(report, /^✔ Method {2}fine\n✖ Clock {3}90 s ahead\n {10}→ Set it\.\n/);
    assert.match(report, /\n1 thing is wrong\.\n$/);
  });

  it('is in colour where that is asked for, and nowhere else', () => {
    const findings = [{ name: 'Clock', verdict: 'right', says: 'fine' } as const];
    assert.match(writeReport(findings, { endpoint: ENDPOINT }, true), /^\x1b\[32m✔\x1b\[0m Clock {2}fine\n/);
    assert.doesNotMatch(writeReport(findings, { endpoint: ENDPOINT }, false), /\x1b/);
  });
});

describe('the policy that a page needs', () => {
  it('names the endpoint’s origin only where it is another than the page’s', () => {
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
