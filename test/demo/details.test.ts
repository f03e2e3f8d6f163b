import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Shop } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open({ isGuest: true })));
after(() => shop.close());

/** The dialog in the accessibility tree, without the list of states. */
const TREE = `- dialog "Your details":
  - heading "Your details" [level=2]
  - paragraph: "Total: $54.95"
  - paragraph: Sent to localhost and its payment provider checkout.withgale.com to open the payment page.
  - group "Contact":
    - text: Contact Email
    - textbox "Email"
    - text: First name
    - textbox "First name"
    - text: Last name
    - textbox "Last name"
  - group "Shipping address":
    - text: Shipping address Street address
    - textbox "Street address"
    - text: Apartment, suite, unit (optional)
    - textbox "Apartment, suite, unit (optional)"
    - text: City
    - textbox "City"
    - text: State
    - combobox "State"
    - text: ZIP code
    - textbox "ZIP code"
    - text: Country United States
  - status
  - button "Continue to payment"
  - button "Cancel"`;

describe('a guest without any details', () => {
  test('enters the details in one dialog by the accessibility tree, pays, and is in the order', async () => {
    const shopper = await shop.enter();
    const { page, complaints, strangers } = shopper;
    await shopper.add('Blood pressure monitor');
    await page.goto('/cart');
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();

    const dialog = page.getByRole('dialog', { name: 'Your details' });
    await dialog.waitFor();
    const tree = await dialog.ariaSnapshot();
    assert.equal(tree.replace(/:?\n *- option .*/g, ''), TREE);
    assert.deepEqual(await shopper.axe(), []);
    const fill = (name: string, text: string) => dialog.getByRole('textbox', { name }).fill(text);
    await fill('Email', 'grace@example.com');
    await fill('First name', 'Grace');
    await fill('Last name', 'Hopper');
    await fill('Street address', '1 Main St');
    await fill('City', 'Austin');
    await dialog.getByRole('combobox', { name: 'State' }).selectOption('Texas');
    await fill('ZIP code', '78701');
    await dialog.getByRole('button', { name: 'Continue to payment' }).click();
    await page.waitForURL('**/sandbox/pay/**');
    await shopper.pay();

    await shop.demo.sandbox.advance(0);
    const [order] = await shopper.orders();
    assert.match(order!, /Paid .*Blood pressure monitor × 1/);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0]!, /status of 422/);
    assert.deepEqual(strangers, []);
  });
});
