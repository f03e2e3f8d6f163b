import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { assertInOrder } from './look.js';
import { StaticSite, type Visitor } from './playground-visitor.js';

let site: StaticSite;
before(async () => (site = await StaticSite.open()));
after(() => site.close());

const visitors: Visitor[] = [];
async function enter(...options: Parameters<StaticSite['enter']>): Promise<Visitor> {
  const visitor = await site.enter(...options);
  visitors.push(visitor);
  return visitor;
}
/** The console may only have the failures of checkouts, which every page reports there. */
const isCheckouts = (complaint: string) => complaint.startsWith('<hsa-checkout-button> ');
afterEach(async () => {
  for (const { page, complaints, strangers } of visitors.splice(0)) {
    await page.context().close();
    assert.deepEqual(
      complaints.filter((complaint) => !isCheckouts(complaint)),
      [],
    );
    assert.deepEqual(strangers, []);
  }
});

/** A line of the badge for a part of the cart. */
const SPLIT = 'You’ll use another card';

describe('the playground, on a host that serves only files', () => {
  for (const [device, options] of [
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a small phone, in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ] as const)
    test(`passes axe and does not shift on ${device}, from the start to the last snippet`, async () => {
      const visitor = await enter(options);
      await visitor.button.getByText(SPLIT).waitFor();
      await assertInOrder(visitor, 'the playground');
      await visitor.page.getByLabel('Colours of your own').check();
      await visitor.choose('Code for', 'Shopify');
      await visitor.press.click();
      await visitor.page.getByText('Here the shopper leaves for').waitFor();
      assert.deepEqual(await visitor.axe(), []);
      assert.deepEqual(visitor.complaints, []);
    });

  test('changes the styles of the real element with every control', async () => {
    const visitor = await enter({ colorScheme: 'light' });
    const { page, button } = visitor;
    const green = await visitor.style('background-color');
    await visitor.choose('Theme', 'Dark');
    assert.equal(await button.getAttribute('theme'), 'dark');
    assert.notEqual(await visitor.style('background-color'), green);
    await visitor.choose('Theme', 'Auto');
    await visitor.choose('Page around it', 'Dark');
    assert.notEqual(await visitor.style('background-color'), green);
    await visitor.choose('Page around it', 'Light');
    assert.equal(await visitor.style('background-color'), green);

    await visitor.choose('Badge', 'Above');
    const [badge, pressed] = [button.locator('[part=badge]'), visitor.press];
    assert.ok((await badge.boundingBox())!.y < (await pressed.boundingBox())!.y);
    await visitor.choose('Badge', 'None');
    await badge.waitFor({ state: 'detached' });
    await visitor.choose('Badge', 'Below');
    await visitor.choose('Learn more', 'Yes');
    await button.getByRole('button', { name: 'Learn more' }).waitFor();
    const product = page.locator('hsa-eligibility-badge');
    const plain = (await product.boundingBox())!.height;
    await visitor.choose('Badge of a product', 'Card');
    assert.equal(await product.getAttribute('variant'), 'card');
    assert.ok((await product.boundingBox())!.height > plain);

    await page.getByLabel('Height').fill('60');
    assert.equal(await visitor.style('min-height'), '60px');
    await page.getByLabel('Corners').fill('20');
    assert.equal(await visitor.style('border-top-left-radius'), '20px');
    await page.getByLabel('Width').fill('240');
    assert.equal((await visitor.press.boundingBox())!.width, 240);

    await page.getByLabel('Colours of your own').check();
    await page.getByLabel('Background').fill('#ffffff');
    await page.getByLabel('Text').fill('#777777');
    await page.getByLabel('Border').fill('#123456');
    assert.equal(await visitor.style('background-color'), 'rgb(255, 255, 255)');
    assert.equal(await visitor.style('color'), 'rgb(119, 119, 119)');
    assert.equal(await visitor.style('border-top-color'), 'rgb(18, 52, 86)');
    assert.match(await page.locator('#contrast').innerText(), /^Contrast 4\.5 to 1: too little/);

    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('as wide as the cart').waitFor();
    assert.equal(await visitor.style('background-color'), green);
    assert.equal(await visitor.style('min-height'), '48px');
  });

  test('changes its texts, its cart and its eligibility', async () => {
    const visitor = await enter();
    const { page, button } = visitor;
    await page.getByLabel('Label', { exact: true }).fill('Use <b>HSA</b> money');
    await button.getByRole('button', { name: 'Use <b>HSA</b> money' }).waitFor();
    await page.getByLabel('Label', { exact: true }).fill('');
    await visitor.choose('Language', 'Español');
    await button.getByRole('button', { name: 'Pagar con HSA/FSA' }).waitFor();
    await visitor.choose('Language', 'English');
    await button.getByText(SPLIT).waitFor();

    await page.getByLabel('Stoneware mug').fill('0');
    await button.getByText('All items are HSA/FSA eligible').waitFor();
    await page.getByLabel('Massage gun').fill('1');
    await button.getByText('May be HSA/FSA eligible with a Letter of Medical Necessity').waitFor();
    await page.getByLabel('Eligibility').selectOption('split');
    await button.getByText('Some items may be paid with HSA/FSA.').waitFor();
    await page.getByLabel('Eligibility').selectOption('Ask the endpoint');
    await button.getByText('May be HSA/FSA eligible with a Letter of Medical Necessity').waitFor();
    assert.match((await visitor.log()).join(), /POST \/api\/hsa-checkout\/eligibility → 200/);
    await page.getByLabel('Eligibility').selectOption('regular');
    await button.getByRole('button', { name: 'Continue to checkout' }).waitFor();
    await visitor.choose('Cart without eligible items', 'No button');
    await button.getByRole('button').waitFor({ state: 'detached' });
  });

  test('logs events and requests in order, and the URL that a shopper would go to', async () => {
    const visitor = await enter();
    await visitor.press.click();
    await visitor.page
      .getByText(/Here the shopper leaves for https:\/\/checkout\.withgale\.com\/cs_/)
      .waitFor();
    const titles = (await visitor.log()).map((entry) => entry.split('\n')[0]!).reverse();
    const ofPress = titles.slice(titles.lastIndexOf('hsa-checkout-start'));
    assert.deepEqual(ofPress, [
      'hsa-checkout-start',
      'POST /api/hsa-checkout → 200',
      'hsa-checkout-session',
      'hsa-checkout-state',
    ]);
    await visitor.page.getByRole('button', { name: 'Clear' }).click();
    assert.deepEqual(await visitor.log(), []);
  });

  test('asks a guest for missing details in a dialog, or fires an error', async () => {
    const visitor = await enter();
    await visitor.choose('Shopper', 'Guest');
    await visitor.choose('Missing details', 'Never ask');
    await visitor.press.click();
    await visitor.button.getByText('Some cart details need attention.').waitFor();
    assert.match((await visitor.log()).join(), /code: "details_required"/);
    await visitor.choose('Missing details', 'Ask in a dialog');
    await visitor.press.click();
    const dialog = visitor.page.getByRole('dialog', { name: 'Your details' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  const networks: [choice: string, words: string | RegExp, code: string][] = [
    ['Offline', 'You appear to be offline.', 'offline'],
    ['429', /^Too many requests\. Please try again in \d+ seconds\.$/, 'rate_limited'],
    ['500', 'Something went wrong on our side. Please try again.', 'server_error'],
    ['Expired', 'That checkout link expired. Please try again.', 'session_expired'],
  ];
  test('shows the failures of each bad network, and that the next press works', async () => {
    const visitor = await enter();
    for (const [choice, words, code] of networks) {
      await visitor.choose('Network', choice);
      await visitor.press.click();
      await visitor.button.getByRole('alert').getByText(words).waitFor();
      assert.match((await visitor.log()).join(), new RegExp(`code: "${code}"`));
      await visitor.choose('Network', 'Fine');
      if (choice === 'Offline') await visitor.button.getByText(words).waitFor({ state: 'detached' });
      await visitor.press.click();
      await visitor.page.getByText('Here the shopper leaves for').waitFor();
    }
  });

  test('shows the text for a long wait on a slow network', async () => {
    const visitor = await enter();
    // Only the test moves the clock, so that a slow machine changes nothing.
    await visitor.page.clock.install({ time: '2026-01-01T00:00:00Z' });
    await visitor.page.clock.pauseAt('2026-01-01T01:00:00Z');
    await visitor.choose('Network', 'Slow');
    await visitor.press.click();
    await visitor.button.getByRole('button', { name: 'Opening checkout…' }).waitFor();
    await visitor.page.clock.runFor(5_500);
    await visitor.button.getByRole('button', { name: 'Still working…' }).waitFor();
    await visitor.page.clock.runFor(5_500);
    await visitor.page.getByText('Here the shopper leaves for').waitFor();
  });

  test('can be used with the keyboard alone', async () => {
    const visitor = await enter();
    const { page } = visitor;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await visitor.button.getAttribute('theme'), 'dark');
    await page.getByRole('radio', { name: 'HTML' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('region', { name: 'checkout.tsx' }).waitFor();
  });

  test('copies the code that it shows', async () => {
    const { page } = await enter();
    await page.getByRole('button', { name: 'Copy cart.html' }).click();
    await page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator('pre code').textContent());
    assert.match(copied, /integrity="sha384-/);
  });

  test('restores its state from a shared address, and ignores invalid parts', async () => {
    const visitor = await enter();
    await visitor.choose('Theme', 'Outline');
    await visitor.page.getByLabel('Label', { exact: true }).fill('Ours');
    await visitor.page.getByLabel('Colours of your own').check();
    const { hash } = new URL(visitor.page.url());
    const other = await enter({}, hash);
    await other.button.getByRole('button', { name: 'Ours' }).waitFor();
    assert.equal(await other.button.getAttribute('theme'), 'outline');
    assert.equal(await other.style('background-color'), 'rgb(29, 53, 87)');

    const hostile = await enter(
      {},
      '#theme=x&eligibility=constructor&height=9e9&mug=-1&background=url(x)&label=<img>',
    );
    await hostile.button.getByRole('button', { name: '<img>' }).waitFor();
    assert.equal(await hostile.button.getAttribute('theme'), 'auto');
    assert.equal(await hostile.style('min-height'), '72px');
  });
});
