import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSandbox } from '../../../../src/sandbox/index.js';
import { API_KEY, CART, openShop, press, problemIn, resolve, type ShopOptions } from '../../fixtures.js';

const refuseWith = (body: unknown, status = 422): ShopOptions => ({
  network: () => Response.json(body, { status }),
});
async function refusalOf(options: ShopOptions) {
  const shop = openShop(options);
  const problem = await problemIn(await shop.handler(press()));
  const event = shop.events.find(({ type }) => type === 'provider_refused');
  assert.ok(event?.type === 'provider_refused');
  return { event, problem };
}

describe('cart that the provider refuses', () => {
  for (const status of [400, 422])
    it(`is reported with the provider’s message and the product ids after a ${status}`, async () => {
      const message = 'line_items[0].product_id: expected a synced product';
      const { event, problem } = await refusalOf(
        refuseWith({ error: { code: 'validation_error', message } }, status),
      );
      assert.equal(event.status, status);
      assert.equal(event.providerMessage, `validation_error: ${message}`);
      assert.deepEqual(event.productIds, ['monitor', 'vitamins']);
      assert.equal(problem.code, 'validation_error');
      assert.doesNotMatch(JSON.stringify(problem), /synced/);
    });

  it('is reported with the fields of the older error format', async () => {
    const { event } = await refusalOf(
      refuseWith({
        success: false,
        error_code: 'INVALID',
        error_message: 'No.',
        details: { field_errors: { 'line_items.0.product_id': ['is not synced'] } },
      }),
    );
    assert.equal(event.providerMessage, 'invalid: No. line_items.0.product_id: is not synced');
  });

  it('is reported when the sandbox refuses a product that was never synced', async () => {
    const empty = createSandbox({ products: [], webhookSecret: 'whsec_test' });
    const shop = openShop({ network: (request) => empty.fetch(request.clone()) });
    await shop.handler(press());
    const event = shop.events.find(({ type }) => type === 'provider_refused');
    assert.match(JSON.stringify(event), /expected a synced product/);
  });

  it('is logged once on the console without onEvent', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const shop = openShop({
      onEvent: undefined,
      ...refuseWith({ error: { code: 'invalid', message: 'not synced' } }),
    });
    await shop.handler(press());
    assert.equal(mock.callCount(), 1);
    assert.match(String(mock.calls[0]!.arguments[1]), /not synced.*"monitor"/);
  });

  it('is reported without details of the shopper, product names, addresses, card numbers and keys', async () => {
    const { customer, shipping_info, line_items } = resolve(CART);
    const privateTexts = [
      ...Object.values(customer!),
      ...Object.values(shipping_info!),
      ...line_items.map(({ name }) => name.toUpperCase()),
      'ADA BYRON of Elm, eve@example.com, +1 (555) 010-0199, 4111 1111 1111 1111, 1980/12/24',
      'https://shop.example/thanks?hsa_checkout=abc, glm_live_abc, eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9abc',
    ];
    for (const text of privateTexts) {
      const { event } = await refusalOf(
        refuseWith({ error: { code: 'invalid', message: `no <${text}> here` } }),
      );
      const rest = event.providerMessage!.replace(/^invalid: no <|> here$|…|of/g, '');
      assert.match(rest, /^[\s\W]*$/, event.providerMessage);
    }
  });

  it('is reported without a message when the provider’s text has the API key or no reason', async () => {
    for (const body of [{ error: { code: 'invalid', message: `bad ${API_KEY}` } }, {}, null, 'no']) {
      const { event } = await refusalOf(refuseWith(body));
      assert.equal(event.providerMessage, undefined);
      assert.deepEqual(event.productIds, ['monitor', 'vitamins']);
    }
  });

  it('is reported with 300 characters of the provider’s message at most', async () => {
    const { event } = await refusalOf(refuseWith({ error: { code: 'x', message: 'no '.repeat(10_000) } }));
    assert.ok(event.providerMessage!.length <= 300);
  });
});
