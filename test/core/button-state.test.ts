import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUTTON_TRANSITIONS, nextState, type ButtonEvent, type ButtonState } from '../../src/core/index.js';
import { rowsIn, sectionOf } from '../support/documents.js';

/** The table of docs/api.md, without the marks of code. An empty cell is an event that the state ignores. */
const [[, ...events], ...rows] = rowsIn(sectionOf('docs/api.md', 'State changes').replaceAll('`', '')) as [
  [string, ...ButtonEvent[]],
  ...[ButtonState, ...(ButtonState | '')[]][],
];

test('docs/api.md has every state and every event', () => {
  assert.deepEqual(
    rows.map(([state]) => state),
    Object.keys(BUTTON_TRANSITIONS),
  );
  const known = new Set(Object.values(BUTTON_TRANSITIONS).flatMap((row) => Object.keys(row)));
  assert.deepEqual(new Set(events), known);
});

for (const [state, ...cells] of rows)
  for (const [i, event] of events.entries())
    test(`${event} while ${state}: ${cells[i] || 'nothing changes'}`, () => {
      assert.equal(nextState(state, event), cells[i] || state);
    });

test('the page is only left from the state in which a session is created', () => {
  for (const [state] of rows)
    for (const event of events)
      if (state !== 'redirecting' && nextState(state, event) === 'redirecting')
        assert.deepEqual([state, event], ['creating', 'session']);
});
