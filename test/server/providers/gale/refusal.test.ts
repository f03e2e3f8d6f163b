import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSandbox } from '../../../../src/sandbox/index.js';
import { API_KEY, CART, openShop, press, problemIn, resolve, type ShopOptions } from '../../fixtures.js';

const refusing = (body: unknown, status = 422): ShopOptions => ({
  network: () => Response.json(body, { status }),
});
async function refusalOf(options: ShopOptions) {
  const shop = openShop(options);
  const problem = await problemIn(await shop.handler(press()));
  const event = shop.events.find(({ type }) => type === 'provider_refused');
  assert.ok(event?.type === 'provider_refused');
  return { event, problem };
}

describe('a cart that the provider refuses', () => {
  for (const status of [400, 422])
    it(`is told to the merchant with the provider’s words and the products (${status})`, async () => {
      const message = 'line_items[0].product_id: expected a synced product';
      const { event, problem } = await refusalOf(
        refusing({ error: { code: 'validation_error', message } }, status),
      );
      assert.equal(event.status, status);
      assert.equal(event.providerMessage, `validation_error: ${message}`);
      assert.deepEqual(event.productIds, ['monitor', 'vitamins']);
      assert.equal(problem.code, 'validation_error');
      assert.doesNotMatch(JSON.stringify(problem), /synced/);
    });

  it('is told with the fields of the older error form', async () => {
    const { event } = await refusalOf(
      refusing({
        success: false,
        error_code: 'INVALID',
        error_message: 'No.',
        details: { field_errors: { 'line_items.0.product_id': ['is not synced'] } },
      }),
    );
    assert.equal(event.providerMessage, 'invalid: No. line_items.0.product_id: is not synced');
  });

  it('is told from the sandbox, where a product was never synced', async () => {
    const empty = createSandbox({ products: [], webhookSecret: 'whsec_test' });
    const shop = openShop({ network: (request) => empty.fetch(request.clone()) });
    await shop.handler(press());
    const event = shop.events.find(({ type }) => type === 'provider_refused');
    assert.match(JSON.stringify(event), /expected a synced product/);
  });

  it('is on the console where nothing else takes events, once', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const shop = openShop({
      onEvent: undefined,
      ...refusing({ error: { code: 'invalid', message: 'not synced' } }),
    });
    await shop.handler(press());
    assert.equal(mock.callCount(), 1);
    assert.match(String(mock.calls[0]!.arguments[1]), /not synced.*"monitor"/);
  });

  it('is told without details of the shopper, names of products, addresses and keys', async () => {
    const { customer, shipping_info, line_items } = resolve(CART);
    const words = [
      ...Object.values(customer!),
      ...Object.values(shipping_info!),
      ...line_items.map(({ name }) => name.toUpperCase()),
      'ADA BYRON of Elm, eve@example.com, +1 (555) 010-0199, 4111 1111 1111 1111, 1980/12/24',
      'https://shop.example/thanks?hsa_checkout=abc, glm_live_abc, eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9abc',
    ];
    for (const word of words) {
      const { event } = await refusalOf(
        refusing({ error: { code: 'invalid', message: `no <${word}> here` } }),
      );
      const letters = event.providerMessage!.replace(/^invalid: no <|> here$|…|of/g, '');
      assert.match(letters, /^[\s\W]*$/, event.providerMessage);
    }
  });

  it('is told without words where the provider repeats the API key, or gives no reason', async () => {
    for (const body of [{ error: { code: 'invalid', message: `bad ${API_KEY}` } }, {}, null, 'no']) {
      const { event } = await refusalOf(refusing(body));
      assert.equal(event.providerMessage, undefined);
      assert.deepEqual(event.productIds, ['monitor', 'vitamins']);
    }
  });

  it('is told in 300 characters, however long the reason is', async () => {
    const { event } = await refusalOf(refusing({ error: { code: 'x', message: 'no '.repeat(10_000) } }));
    assert.ok(event.providerMessage!.length <= 300);
  });
});
