import 'hsa-checkout-button';
import type { CheckoutButton } from 'hsa-checkout-button';
import 'hsa-checkout-button/status';
import { afterEach, expect, test, vi } from 'vitest';

/*
 * The elements in a simulated DOM. Vitest runs this file in a merchant's project, in jsdom and in happy-dom. Lit comes from Node's
 * export conditions.
 */

const LINE = { product_id: 'bp-monitor', price: 4995, quantity: 1 };
const CART = { line_items: [{ ...LINE, hsa_fsa_eligible: true }] };
const SESSION = {
  checkout_id: 'cs_1',
  checkout_url: `${location.origin}/pay/cs_1`,
  status: 'open',
  status_token: 'token',
  test: true,
};
const MISSING = { code: 'invalid_request', errors: [{ path: 'customer.email', code: 'required' }] };

// A busy machine may need long.
const waitFor = <T>(check: () => T) => vi.waitFor(check, 10_000);

/** Answers the elements' requests in order, repeats the last response, and records the requests. */
function answer(...answers: [status: number, body: object][]) {
  const sent: { url: URL; body: unknown }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url: new URL(url), body: init.body && JSON.parse(init.body as string) });
    const [status, body] = answers.length > 1 ? answers.shift()! : answers[0]!;
    return Promise.resolve(Response.json(body, { status }));
  });
  return sent;
}

function add<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  fields: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), { endpoint: '/api/checkout' }, fields);
  document.body.append(element);
  return element;
}

const within = (element: Element, selector: string) => element.shadowRoot!.querySelector(selector);
const textOf = (element: Element, selector: string) =>
  within(element, selector)?.textContent.replaceAll(/\s+/g, ' ').trim();
const shows = (element: Element, selector: string, text: string) =>
  waitFor(() => expect(textOf(element, selector)).toContain(text));

/** Presses the button. Resolves with the URL that it navigates to. */
async function press(button: CheckoutButton): Promise<string> {
  await button.updateComplete;
  return new Promise((resolve) => {
    button.addEventListener('hsa-checkout-session', (event) => {
      event.preventDefault();
      resolve(event.checkoutUrl);
    });
    button.click();
  });
}

const dialogOf = async (host: Element, tag: string) => {
  const root = await waitFor(() => {
    const dialog = within(host, tag)!.shadowRoot!;
    expect(dialog.querySelector('dialog')?.hasAttribute('open')).toBe(true);
    return dialog;
  });
  const press = (label: string) =>
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label)!.click();
  return { root, press };
};

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.lang = 'en';
});

test('the button shows the text for its cart, and navigates to the endpoint’s URL', async () => {
  const sent = answer([200, SESSION]);
  const button = add('hsa-checkout-button', { cart: CART });
  await shows(button, '[part=badge]', 'All items are HSA/FSA eligible');
  expect(await press(button)).toBe(SESSION.checkout_url);
  expect(sent).toEqual([{ url: new URL('/api/checkout', location.href), body: CART }]);
});

test('the button reads a cart from its child', async () => {
  document.body.innerHTML = `<hsa-checkout-button endpoint="/api/checkout">
    <script type="application/json">${JSON.stringify(CART)}</script>
  </hsa-checkout-button>`;
  await shows(document.body.firstElementChild!, '[part=badge]', 'All items are HSA/FSA eligible');
});

test('the texts are in the page’s language, and change with it', async () => {
  document.documentElement.lang = 'es';
  const button = add('hsa-checkout-button', { cart: CART });
  await shows(button, '[part=label]', 'Pagar con HSA/FSA');
  document.documentElement.lang = 'en';
  await shows(button, '[part=label]', 'Pay with HSA/FSA');
});

test('the endpoint’s eligibility of a cart stays when the button renders again', async () => {
  answer([200, { products: [{ product_id: 'bp-monitor', eligibility: 'eligible' }] }]);
  const button = add('hsa-checkout-button', { cart: { line_items: [LINE] } });
  await shows(button, '[part=badge]', 'All items are HSA/FSA eligible');
  button.requestUpdate();
  await button.updateComplete;
  expect(textOf(button, '[part=badge]')).toContain('All items are HSA/FSA eligible');
});

test('a failure is shown, and removed after Back from another page', async () => {
  answer([500, {}]);
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const button = add('hsa-checkout-button', { cart: CART });
  await button.checkout();
  await shows(button, '[role=alert]', 'Something went wrong on our side.');
  expect(error).toHaveBeenCalledOnce();
  error.mockRestore();
  dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await waitFor(() => expect(button.state).toBe('idle'));
});

test('a dialog asks for missing details', async () => {
  const sent = answer([422, MISSING], [200, SESSION]);
  const button = add('hsa-checkout-button', { cart: CART });
  const going = press(button);
  const { root, press: pressIn } = await dialogOf(button, 'div > hsa-checkout-details');
  root.querySelector<HTMLInputElement>('[name="customer.email"]')!.value = 'ada@example.com';
  pressIn('Continue to payment');
  expect(await going).toBe(SESSION.checkout_url);
  expect(sent[1]!.body).toEqual({ ...CART, customer: { email: 'ada@example.com' } });
  expect(root.querySelector('dialog')!.hasAttribute('open')).toBe(false);
});

test('the dialog for details can be cancelled', async () => {
  answer([422, MISSING]);
  const button = add('hsa-checkout-button', { cart: CART });
  const ended = button.checkout();
  (await dialogOf(button, 'div > hsa-checkout-details')).press('Cancel');
  await ended;
  expect(button.state).toBe('idle');
});

test('the badge opens a dialog with an explanation, which closes', async () => {
  const badge = add('hsa-eligibility-badge', { type: 'lmn', learnMore: true });
  await shows(badge, '[part=learn-more]', 'Learn more');
  within(badge, '[part=learn-more]')!.dispatchEvent(new Event('click', { bubbles: true, cancelable: true }));
  (await dialogOf(badge, 'div > hsa-learn-more')).press('Close');
  await waitFor(() => expect(within(badge, 'hsa-learn-more')).toBeNull());
});

test('the return page says that the payment was received', async () => {
  const sent = answer([200, { checkout_id: 'cs_1', status: 'paid' }]);
  const paid = vi.fn();
  addEventListener('hsa-checkout-paid', paid);
  const status = add('hsa-checkout-status', { token: 'token' });
  await shows(status, '[part=message]', 'Payment received.');
  expect(sent[0]!.url.pathname).toBe('/api/checkout/status');
  await waitFor(() => expect(paid).toHaveBeenCalledOnce());
});
