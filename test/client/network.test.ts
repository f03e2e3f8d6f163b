import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createSession } from '../../src/client/index.js';
import { networkFailure, session } from './endpoint.js';
import { fixChance, openPage, settle, type Page } from './fixtures.js';

/** A browser's report of a violated policy. */
const violation = (blockedURI: string, disposition?: string) =>
  Object.assign(new Event('securitypolicyviolation'), { blockedURI, disposition });

/** Makes every request fail below HTTP, and the browser report a violation in the next task. */
function failAndReport(t: TestContext, page: Page, report: Event): void {
  const { fetch } = globalThis;
  t.mock.method(globalThis, 'fetch', (...request: Parameters<typeof fetch>) => {
    setTimeout(() => page.tell(report));
    page.endpoint.steps = [networkFailure()];
    return fetch(...request);
  });
}

describe('a failure below HTTP', () => {
  const HINTS = [
    ['the URL and its name', ['URL', 'DNS']],
    ['CORS, with the option of the handler', ['CORS', 'origins']],
    ['the directive of the page’s own policy', ['CSP connect-src']],
    ['blockers', ['blocker']],
  ] as const;
  for (const [what, words] of HINTS)
    test(`${what} is a possible cause in the message for the developer`, async (t) => {
      const cause = networkFailure();
      const page = openPage(t, cause, cause, cause);
      const error = await page.fails(createSession(page.purchase), 'network');
      for (const word of words) assert.ok(error.message.includes(word), word);
      assert.equal(error.cause, cause);
      assert.equal(error.details.reason, undefined);
    });

  test('the message names all headers of a request', async (t) => {
    const page = openPage(t, session());
    await page.run(createSession(page.purchase));
    assert.deepEqual([...page.endpoint.requests[0]!.headers.keys()].sort(), [
      'content-type',
      'idempotency-key',
    ]);
  });
});

describe('a request that the page’s own policy blocks', () => {
  for (const [what, uri] of [
    ['its URL', (url: string) => url],
    ['its origin', (url: string) => new URL(url).origin],
  ] as const)
    test(`is recognised when ${what} reports it, is named in the error, and is not retried`, async (t) => {
      const page = openPage(t);
      failAndReport(t, page, violation(uri(page.endpoint.url), 'enforce'));
      const { details } = await page.fails(createSession(page.purchase), 'network');
      assert.equal(details.reason, 'csp');
      assert.equal(page.endpoint.requests.length, 1);
    });

  for (const [what, uri, disposition] of [
    ['another request', 'https://tracker.example/t', 'enforce'],
    ['a longer URL than ours', 'OURS/more', 'enforce'],
    ['an inline script', 'inline', 'enforce'],
    ['an inline script, by an old browser', '', undefined],
    ['our URL, by a policy that only reports', 'OURS', 'report'],
  ] as const)
    test(`is not assumed when ${what} is reported`, async (t) => {
      fixChance(t);
      const page = openPage(t);
      failAndReport(t, page, violation(uri.replace('OURS', page.endpoint.url), disposition));
      const { details } = await page.fails(createSession(page.purchase), 'network');
      assert.equal(details.reason, undefined);
      assert.equal(page.endpoint.requests.length, 3);
    });

  test('a report after the response is ignored', async (t) => {
    const page = openPage(t, session());
    await page.run(createSession(page.purchase));
    page.tell(violation(page.endpoint.url, 'enforce'));
    await settle();
    assert.equal(page.endpoint.requests.length, 1);
  });
});
