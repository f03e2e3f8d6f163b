import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CartFreshness } from '../../src/client/cart-freshness.js';

const cartOf = (product_id: string) => ({ line_items: [{ product_id, quantity: 1 }] });
const ONE = cartOf('one');
const TWO = cartOf('two');

/** A checkout that has sent its cart. */
function checkoutWith(cart = ONE): CartFreshness {
  const freshness = new CartFreshness();
  freshness.beginCheckout();
  freshness.setSent(cart);
  return freshness;
}

describe('the cart of a checkout', () => {
  it('is not outdated before the page has read another one', () => {
    assert.equal(checkoutWith().isOutdated, false);
  });

  it('is not outdated when the page reads an equal cart', () => {
    const freshness = checkoutWith();
    assert.equal(freshness.beginRead()(cartOf('one')), true);
    assert.equal(freshness.isOutdated, false);
    assert.equal(freshness.isUnchanged, true);
  });

  for (const [title, cart] of [
    ['another cart', TWO],
    ['no cart that can be bought', undefined],
  ] as const)
    it(`is outdated when the page finds ${title}`, () => {
      const freshness = checkoutWith();
      freshness.beginRead()(cart);
      assert.equal(freshness.isOutdated, true);
      assert.equal(freshness.isUnchanged, false);
    });

  it('is outdated as soon as it is known, if the page has found another one before', () => {
    const freshness = new CartFreshness();
    freshness.beginCheckout();
    freshness.beginRead()(TWO);
    assert.equal(freshness.isOutdated, false);
    freshness.setSent(ONE);
    assert.equal(freshness.isOutdated, true);
  });

  it('is not outdated by a cart that the page read before the checkout', () => {
    const freshness = new CartFreshness();
    freshness.beginRead()(TWO);
    freshness.beginCheckout();
    freshness.setSent(ONE);
    assert.equal(freshness.isOutdated, false);
  });

  it('is not outdated a second time by a change that was accepted', () => {
    const freshness = checkoutWith();
    freshness.beginRead()(TWO);
    freshness.acceptLatest();
    assert.equal(freshness.isOutdated, false);
    freshness.beginRead()(TWO);
    assert.equal(freshness.isUnchanged, true);
    freshness.beginRead()(ONE);
    assert.equal(freshness.isOutdated, true);
  });
});

describe('reads that finish in another order', () => {
  it('keep the result of the newest one', () => {
    const freshness = checkoutWith();
    const [finishFirst, finishSecond, finishThird] = [1, 2, 3].map(() => freshness.beginRead());
    assert.equal(finishFirst!(TWO), true);
    assert.equal(finishThird!(ONE), true);
    assert.equal(finishSecond!(TWO), false);
    assert.equal(freshness.isOutdated, false);
  });

  it('are ignored if they began before a checkout, or before they were discarded', () => {
    const freshness = new CartFreshness();
    const finishBeforeCheckout = freshness.beginRead();
    freshness.beginCheckout();
    freshness.setSent(ONE);
    const finishBeforeDiscard = freshness.beginRead();
    freshness.discardReads();
    assert.equal(finishBeforeCheckout(TWO), false);
    assert.equal(finishBeforeDiscard(TWO), false);
    assert.equal(freshness.isOutdated, false);
    assert.equal(freshness.beginRead()(TWO), true);
    assert.equal(freshness.isOutdated, true);
  });
});

describe('a checkout that waits for the refreshes under way', () => {
  const deferred = () => {
    let settle!: { resolve: () => void; reject: (error: Error) => void };
    const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
    return { promise, ...settle };
  };
  /** Runs all reactions of promises that are settled. */
  const settlePromises = () => new Promise((resolve) => setImmediate(resolve));

  it('goes on at once if there is none', async () => {
    await checkoutWith().whenRefreshed();
  });

  it('waits for one that succeeds, and for another one that began in the meantime and fails', async () => {
    const freshness = checkoutWith();
    const [first, second] = [deferred(), deferred()];
    assert.equal(freshness.track(first.promise), first.promise);
    let isOver = false;
    const waiting = freshness.whenRefreshed().then(() => (isOver = true));
    void freshness.track(second.promise);
    first.resolve();
    await settlePromises();
    assert.equal(isOver, false);
    second.reject(new Error('the cart cannot be read'));
    await waiting;
    assert.equal(isOver, true);
  });

  it('does not wait for one that began before the checkout', async () => {
    const freshness = new CartFreshness();
    void freshness.track(deferred().promise);
    freshness.beginCheckout();
    await freshness.whenRefreshed();
  });
});
