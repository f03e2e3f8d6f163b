import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readDocument, rowsIn } from '../support/documents.js';

const rows = rowsIn(readDocument('docs/resilience.md')).filter(([first]) => first !== 'situation');

/** For each situation, the title of its test or a part of it. The guide names the test's file. */
const TITLES = new Map([
  [
    'the browser is offline',
    'reports that it is offline, sends nothing, and clears the message when it is online again',
  ],
  ['the connection breaks before the response arrives', 'opens one session when the response was lost'],
  [
    'the endpoint is slow',
    'announces after five seconds that it is still working, once and politely, with one request',
  ],
  ['no response arrives for 30 seconds', 'a response after the deadline is ignored'],
  ['the endpoint is busy (429, 503)', 'waits for five seconds, but not for any longer time'],
  ['the endpoint fails (500)', 'a press after a 500 sends the same key'],
  [
    'a login page, an error page or a bot check responds instead of JSON',
    'the message has only the type and the length of the body',
  ],
  ['the response is cut off', 'JSON that is cut off is bad_response, is not retried, and keeps its key'],
  ['CORS blocks the request', 'logs CORS among the possible causes when the browser reports only a failure'],
  ['the shopper clicks twice', 'opens one session for two quick clicks'],
  [
    'the shopper uses Back or reloads, and presses again',
    'gets the same session after Back and after a reload',
  ],
  ['the shopper has the cart open in two tabs', 'opens a session for each tab; both can be paid'],
  [
    'the shopper closes the laptop during a request',
    'times out within a second after an hour, and keeps its key',
  ],
  ['the shopper presses again after the payment', 'offers to buy a paid order again, as a new session'],
  [
    'the shopper cancelled the payment, and presses again',
    'opens a new session in place of a cancelled one, without a message',
  ],
  [
    'the total is higher than the page stated',
    'asks for confirmation of a higher total, and navigates at the next press',
  ],
  ['the browser does not leave the page', 'is reported after 10 seconds, with a link to the same URL'],
  [
    'the shopper is a guest, and the shop has no address',
    'shows the error at each field, sends nothing, and focuses the first of them',
  ],
  ['the browser runs no scripts', 'gets a redirect to the payment page'],
  ['the URL of the return page claims a payment', 'is not assumed from the URL while the endpoint is down'],
  [
    'the shopper returns before the payment is confirmed',
    'is polled after 2, 3, 5, 8 and 13 seconds, and shown as unconfirmed after 60',
  ],
  ['a blocker stops the script', 'keeps the page’s own checkout link when a blocker stops the script'],
  ['the browser blocks storage', 'for a page whose storage is blocked'],
  [
    "the page's own policy (CSP) blocks the endpoint",
    'reports that the page’s own policy blocked the request, and does not retry',
  ],
  [
    'the script is inlined or bundled into another file',
    'logs the file that did not load, and opens once assets names the folder',
  ],
  [
    'markup has the name of a document property, such as an image named `currentScript`',
    'loads no script from the URL of an',
  ],
  [
    'another library replaces built-in functions',
    'a press sends the cart, with known fields only, under a random key',
  ],
  [
    'a secret key is on the tag',
    'makes the button unavailable, is reported without the key, and is never sent',
  ],
  [
    'the button is in a frame that may not navigate its window',
    'because the frame may not navigate its window, is reported at once, with a link that does',
  ],
  [
    'the button is in a drawer that handles clicks and keys',
    'does not get the Escape that closes the dialog, wherever the focus is, and gets the next one',
  ],
  [
    'a Shopify theme renders its section again',
    'ends cleanly when its section is replaced, and the new one opens the same session',
  ],
  [
    'a Shopify theme places its checkout button in a row, or morphs it by tag names',
    'is the same element after the theme has morphed its section, and so is the wallet',
  ],
  [
    'another script of the shop removes the placed button each time',
    'is not placed endlessly against a script that removes it, until the shopper acts',
  ],
  [
    'a drawer with a focus trap is rendered again just before the button is placed',
    'is reached by Tab when the drawer was rendered again just before it was placed',
  ],
  ['the theme disables its checkout button', 'is disabled while the theme’s checkout button is'],
  ["a required box in the theme's form is not checked", 'stop at a required box, with the browser’s message'],
  [
    'fields are missing or wrong',
    'reports every invalid path at once, sends nothing, and keeps the page working',
  ],
  [
    'a price is not a whole number of cents',
    'fractions of a cent are refused in every amount, and never rounded',
  ],
  ['the currency is not US dollars', 'refuses a cart in another currency than US dollars'],
  [
    'the cart changes during the request',
    'gives up when the cart changes during the request, and never navigates with the old cart',
  ],
  ['a typed quantity is not saved yet (Shopify)', 'saves a quantity that is typed and not saved yet'],
  [
    'the shop refuses a quantity that the page shows (Shopify)',
    'opens no session for quantities that the shop',
  ],
  ['the whole cart has a discount', 'shows no amounts with a discount on the whole cart'],
  ['the page states a lower price', 'charges the catalogue price when the page states another one'],
  ['the page sends its own discount, shipping or tax', 'ignores shipping, tax and discount from the page'],
  ['a product is unknown', 'returns the path of a product that resolveCart does not know'],
  ['eligibility is unknown', 'shows nothing when the endpoint does not know it or fails'],
  ["a product's message has an unknown word", 'a message with an unknown word is never eligible'],
  [
    'another site calls the endpoint',
    'gets a 403 before the rate limit and the hooks when it is not allowed',
  ],
  [
    'fifty requests with one key reach two processes at once',
    'return one session to fifty requests with one key at the same time',
  ],
  ['the store hangs', 'gets a session after one second when the store hangs'],
  ['the store is down', 'gets the same session by the provider’s key alone when the store is down'],
  [
    'the store fails during a press',
    'keeps the session of an earlier press, so that its payment closes the key',
  ],
  ['the price changes at every press', 'opens five sessions at most, and is then refused'],
  ['your hook hangs', 'aborts resolveCart and responds with hook_failed when it hangs for four seconds'],
  ["a picture's URL is invalid", 'opens a session without the picture when its URL is'],
  [
    "someone requests the status of another shopper's session",
    'responds with the same 404 to every wrong id or token, without calling the provider',
  ],
  ['the provider refuses the API key', 'logs a refused API key on the console without onEvent'],
  [
    'the provider is busy for a second',
    'retries once after a 429 with a Retry-After of one second, and returns a session',
  ],
  [
    'the provider opened a session, and its response was lost',
    'returns the session that the provider opened when its first response was lost',
  ],
  ['the provider refuses the cart', 'is reported when the sandbox refuses a product that was never synced'],
  ['the provider names a payment page on another host', 'a payment page on another host'],
  [
    'a webhook is forged, changed, or more than five minutes old',
    'responds with 401 to a body with a changed byte, line ending or space',
  ],
  [
    'a webhook arrives many times at once',
    'runs onOrderCreated once when twenty deliveries arrive at the same time',
  ],
  [
    '`onOrderCreated` throws',
    'responds with 500 when the hook throws, and runs it again for the next delivery',
  ],
  [
    '`onOrderCreated` takes longer than four seconds',
    'responds with 503 after four seconds, lets the hook finish, and responds with 200 after that',
  ],
  ['a webhook never arrives', 'fulfils an order once when reconcile runs before the delivery'],
  ["the payment differs from the session's request", 'is not fulfilled, and onEvent gets a mismatch'],
  ['a test event arrives at a live endpoint', 'does not fulfil a checkout that the provider does not find'],
  [
    'Redis fails during a webhook',
    'fulfil an order once when Redis is disconnected during its first delivery',
  ],
]);

/** The test file of a row, such as "`elements/press`". Undefined if the row names none. */
function fileOf(row: string[]): string | undefined {
  const [, name] = /^`([\w/-]+)`$/.exec(row.at(-1)!) ?? [];
  return name && `test/${name}.test.ts`;
}

describe('the guide on resilience', () => {
  it('has a situation, a result and a test file in each row', () => {
    assert.ok(rows.length >= 45, `${rows.length} rows`);
    assert.deepEqual(
      rows.filter((row) => row.length !== 3 || row.some((cell) => !cell) || !fileOf(row)),
      [],
    );
  });

  it('has the situations of the tests, each once', () => {
    assert.deepEqual(
      rows.map(([situation]) => situation),
      [...TITLES.keys()],
    );
  });

  for (const row of rows)
    it(`names a file that has the test: ${row[0]}`, () => {
      const file = fileOf(row);
      const title = TITLES.get(row[0]!);
      assert.ok(file && existsSync(file), file);
      assert.ok(title && readDocument(file).includes(title), title);
    });

  it('has a different test for each row', () => {
    const tests = rows.map((row) => `${fileOf(row)}: ${TITLES.get(row[0]!)}`);
    assert.equal(new Set(tests).size, tests.length);
  });
});
