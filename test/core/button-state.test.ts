import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextState, type ButtonEvent, type ButtonState } from '../../src/core/index.js';

const TABLE: Record<ButtonState, Record<ButtonEvent, ButtonState>> = {
  idle: { press: 'creating', session: 'idle', fail: 'idle', block: 'unavailable', reset: 'idle' },
  creating: { press: 'creating', session: 'redirecting', fail: 'error', block: 'unavailable', reset: 'idle' },
  redirecting: {
    press: 'redirecting',
    session: 'redirecting',
    fail: 'error',
    block: 'redirecting',
    reset: 'idle',
  },
  error: { press: 'creating', session: 'error', fail: 'error', block: 'unavailable', reset: 'idle' },
  unavailable: {
    press: 'creating',
    session: 'unavailable',
    fail: 'unavailable',
    block: 'unavailable',
    reset: 'idle',
  },
};
for (const [state, row] of Object.entries(TABLE))
  for (const [signal, next] of Object.entries(row))
    test(`${signal} while ${state}: ${next === state ? 'nothing changes' : next}`, () => {
      assert.equal(nextState(state as ButtonState, signal as ButtonEvent), next);
    });

test('the page is only ever left from a state in which a session was being created', () => {
  const signals = Object.keys(TABLE.idle) as ButtonEvent[];
  for (const state of Object.keys(TABLE) as ButtonState[])
    for (const signal of signals)
      if (state !== 'redirecting' && nextState(state, signal) === 'redirecting')
        assert.deepEqual([state, signal], ['creating', 'session']);
});
