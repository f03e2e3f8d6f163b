import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderCreatedEvent } from '../../src/contract/index.js';

const data = { checkout_id: 'chk_1', reference_id: 'order-1001', status: 'paid', amounts: { total: 9903 } };
const event = { type: 'order.created', data };

test('unknown fields are kept unchanged', () => {
  const whole = {
    ...event,
    id: 'evt_1',
    created: 1795694400,
    data: { ...data, order_id: 'ord_1', customer: {} },
  };
  assert.deepEqual(OrderCreatedEvent.parse(whole), whole);
});

test('a null type is missing: the earlier form names it in `event`', () => {
  assert.deepEqual(OrderCreatedEvent.parse({ ...event, type: null, event: 'order.created' }), event);
});

test('an event of another type is refused in either form', () => {
  const { type: _, ...nameless } = event;
  for (const body of [
    nameless,
    { ...event, type: 'order.refunded' },
    { ...nameless, event: 'ORDER.CREATED' },
  ])
    assert.equal(OrderCreatedEvent.safeParse(body).success, false);
  assert.equal(
    OrderCreatedEvent.safeParse({ event: 'order.created', ...event, type: 'order.refunded' }).success,
    false,
  );
});

test('an event without a well-formed checkout id is refused', () => {
  for (const checkout_id of [undefined, null, '', 7, 'a/b', 'x'.repeat(129)])
    assert.equal(OrderCreatedEvent.safeParse({ ...event, data: { ...data, checkout_id } }).success, false);
  for (const wrong of [undefined, null, [], 'chk_1'])
    assert.equal(OrderCreatedEvent.safeParse({ ...event, data: wrong }).success, false);
});

test('optional fields that are not text are left out, and the event is accepted', () => {
  const odd = {
    id: 7,
    type: 'order.created',
    data: { ...data, id: {}, order_id: [1], reference_id: null, status: [] },
  };
  assert.deepEqual(JSON.parse(JSON.stringify(OrderCreatedEvent.parse(odd))), {
    type: 'order.created',
    data: { checkout_id: 'chk_1', amounts: { total: 9903 } },
  });
});

test('an id that is a number becomes a text', () => {
  const { data: read } = OrderCreatedEvent.parse({ ...event, data: { ...data, order_id: 4711, id: 12 } });
  assert.deepEqual([read.order_id, read.id], ['4711', '12']);
});

test('a body that is not an event is refused without a throw', () => {
  for (const body of [undefined, null, 7, 'order.created', [], {}, [event]])
    assert.equal(OrderCreatedEvent.safeParse(body).success, false);
});

test('no key reaches a prototype', () => {
  const json =
    '{"__proto__":{"a":1},"type":"order.created","data":{"checkout_id":"chk_1","__proto__":{"a":1}}}';
  const parsed = OrderCreatedEvent.parse(JSON.parse(json));
  assert.deepEqual(parsed, { type: 'order.created', data: { checkout_id: 'chk_1' } });
  assert.equal('a' in parsed || 'a' in parsed.data || 'a' in {}, false);
});
