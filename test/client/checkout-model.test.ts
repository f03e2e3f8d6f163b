import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { BUTTON_TRANSITIONS, nextState, type ButtonState } from '../../src/core/index.js';
import { replaceBrowser, startSimulation } from './model/browser.js';
import type { SimulationOptions, Simulation } from './model/simulation.js';

/** More runs and deeper explorations under `npm run verify`. */
const isLong = !!process.env['VERIFY'] || Number(process.env['FC_RUNS']) >= 10_000;
const numRuns = Math.min(Number(process.env['FC_RUNS'] ?? 1000), 10_000);

const some = (...steps: string[]) => fc.constantFrom(...steps);
const FAULTS = [
  'drop',
  'torn',
  'status-500',
  'status-502',
  'status-504',
  'status-429',
  'status-429-long',
  'html',
  'cut',
  'reused',
].concat(['evil', 'script', 'nowhere', 'nameless', 'incomplete']);
const MOMENTS = ['start', 'session', 'error', 'idle', 'creating', 'redirecting', 'unavailable'];

/** Any step. A step that is not possible is left out. */
const step = fc.oneof(
  { weight: 8, arbitrary: some('press A', 'press A', 'press B') },
  { weight: 12, arbitrary: some('deliver 0', 'deliver 0', 'deliver 1', 'deliver 2', 'deliver 3') },
  { weight: 4, arbitrary: some(...FAULTS.flatMap((kind) => [`fault ${kind} 0`, `fault ${kind} 1`])) },
  {
    weight: 4,
    arbitrary: some('cart one', 'cart one', 'cart two', 'cart blank', 'cart empty').chain((cart) =>
      some(cart, cart, 'cart invalid', 'cart broken'),
    ),
  },
  { weight: 1, arbitrary: some('close A', 'close B') },
  { weight: 2, arbitrary: some('refresh A', 'refresh B') },
  {
    weight: 3,
    arbitrary: some('remove A', 'add A', 'new A', 'remove B', 'add B', 'new B', 'back', 'reload'),
  },
  { weight: 2, arbitrary: some('pay', 'refuse') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(20), some('A', 'B'))
      .map(([microtasks, name]) => `cancel-soon ${microtasks} ${name}`),
  },
  {
    weight: 3,
    arbitrary: some('navigation works', 'navigation stalls', 'navigation throws', 'depart', 'back'),
  },
  { weight: 4, arbitrary: some('tick', 'tick', 'wait 1', 'wait 6', 'wait 31', 'wait 4000') },
  {
    weight: 2,
    arbitrary: some('offline', 'online', 'storage full', 'storage fine', 'surcharge 100', 'surcharge 0'),
  },
  {
    weight: 1,
    arbitrary: some(
      'on start prevent',
      'on session prevent',
      ...MOMENTS.flatMap((moment) =>
        ['cancel', 'press', 'again'].map((reaction) => `on ${moment} ${reaction}`),
      ),
    ),
  },
);
const anyOptions: fc.Arbitrary<SimulationOptions> = fc.record({
  storage: fc.constantFrom('fine', 'fine', 'blocked'),
  onlyReplays: fc.boolean(),
  needsAddress: fc.boolean(),
});

async function open(options?: SimulationOptions, buttons = ['A', 'B']): Promise<Simulation> {
  const simulation = startSimulation(options);
  for (const name of buttons) await simulation.performAll(`new ${name}`);
  return simulation;
}

/** Performs steps in a simulation with two buttons, checks the result, and then checks that no rule was violated. */
function scenario(
  title: string,
  steps: string[],
  check: (simulation: Simulation) => void,
  options?: SimulationOptions,
): void {
  test(title, async (t) => {
    replaceBrowser(t);
    const simulation = await open({ immediate: true, ...options });
    await simulation.settleAll();
    simulation.events.length = 0;
    for (const step of steps)
      if (step === 'settle') await simulation.settleAll();
      else assert.ok(await simulation.perform(step), `${step} is not possible`);
    check(simulation);
    await simulation.finish();
    assert.deepEqual(simulation.problems, []);
  });
}
const state = (simulation: Simulation, name = 'A') => simulation.buttons.get(name)!.checkout.state;
const error = (simulation: Simulation, name = 'A') => simulation.buttons.get(name)!.checkout.error;
/** The ids of the sessions that a button left for. */
const visits = (simulation: Simulation) => simulation.visits.map(({ id }) => id);
/** Leads to the payment page. */
const TO_PAYMENT = ['navigation works', 'press A', 'settle'];
/** A press whose request has reached the merchant, without a response yet. */
const REQUESTED = ['press A', 'deliver 0'];

describe('one press, one session', () => {
  scenario(
    'sends one request for three presses at once',
    ['press A', 'press A', 'press A', 'settle'],
    (simulation) => {
      assert.equal(simulation.keys.length, 1);
      assert.deepEqual(simulation.events.slice(0, 2), ['creating', 'start']);
      assert.deepEqual(visits(simulation), ['chk_1']);
    },
  );
  scenario(
    'sends one request for a press that arrives twice, at any stage of the first',
    ['press A', 'press A', 'deliver 0', 'press A', 'deliver 0', 'press A', 'deliver 0', 'press A'],
    (simulation) => {
      assert.deepEqual(simulation.events, ['creating', 'start', 'session', 'redirecting']);
      assert.equal(simulation.keys.length, 1);
    },
  );
  scenario('ignores a press while the session is being created', [...REQUESTED, 'press A'], (simulation) => {
    assert.deepEqual(simulation.events, ['creating', 'start']);
  });
  scenario(
    'two buttons that are pressed together wait for one session',
    ['press A', 'deliver 0', 'press B', 'deliver 1', 'settle'],
    (simulation) => assert.deepEqual(visits(simulation), ['chk_1', 'chk_1']),
  );
  scenario(
    'two tabs have two keys, and both work',
    [...TO_PAYMENT, 'tab second', 'reload', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(visits(simulation), ['chk_1', 'chk_2']);
      assert.equal(new Set(simulation.keys).size, 2);
    },
  );
  for (const onlyReplays of [false, true]) {
    const backend = onlyReplays ? 'a backend that only replays' : 'the handler';
    scenario(
      `says that the order is paid, and opens a new session when pressed again, with ${backend}`,
      [...TO_PAYMENT, 'pay', 'back', 'settle', 'press A', 'settle'],
      (simulation) => {
        assert.equal(error(simulation)?.code, 'session_closed');
        assert.equal(new Set(simulation.keys).size, 1);
      },
      { onlyReplays },
    );
    scenario(
      `opens a new session in place of a cancelled one, without a message, with ${backend}`,
      [...TO_PAYMENT, 'refuse', 'back', 'settle', ...TO_PAYMENT],
      (simulation) => {
        assert.deepEqual(visits(simulation), ['chk_1', 'chk_2']);
        assert.ok(!simulation.events.some((name) => name.startsWith('error')));
      },
      { onlyReplays },
    );
  }
  scenario(
    'asks about the price again when the accepted session has ended and the next one costs more too',
    ['surcharge 100', 'press A', 'settle', 'wait 4000', 'press A', 'settle'],
    (simulation) => {
      assert.equal(simulation.buttons.get('A')!.checkout.priceIncrease?.session.checkoutId, 'chk_2');
      assert.deepEqual(visits(simulation), []);
    },
  );
  scenario(
    'a late response for a paid session does not restore its key',
    // The response to B is under way while A is redirected, blocked, pays elsewhere, and buys again.
    ['press B', 'deliver 0', 'deliver 0', 'press A', 'deliver 1', 'deliver 1', 'wait 11', 'pay']
      .concat([
        'press A',
        'deliver 1',
        'deliver 1',
        'press A',
        'deliver 1',
        'deliver 1',
        'deliver 1',
        'deliver 0',
      ])
      .concat(['settle', 'press A', 'settle']),
    (simulation) => assert.deepEqual(visits(simulation), ['chk_1', 'chk_2', 'chk_1', 'chk_2']),
  );
});

describe('a page that was left and is shown again', () => {
  scenario('is idle, with the same session', [...TO_PAYMENT, 'back', 'settle'], (simulation) => {
    assert.equal(state(simulation), 'idle');
    assert.deepEqual(simulation.events, ['creating', 'start', 'session', 'redirecting', 'idle']);
  });
  scenario(
    'has the same session after a reload',
    [...TO_PAYMENT, 'reload', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(visits(simulation), ['chk_1', 'chk_1']);
      assert.equal(new Set(simulation.keys).size, 1);
    },
  );
  scenario(
    'the next press gets the session whose response the page did not receive',
    [...REQUESTED, 'reload', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.equal(simulation.merchant.sessions.length, 1);
      assert.deepEqual(visits(simulation), ['chk_1']);
    },
  );
  for (const [how, ...rest] of [['stalls', 'wait 11'], ['throws']])
    scenario(
      `shows a link to the payment page if the navigation ${how}`,
      [`navigation ${how}`, ...REQUESTED, 'deliver 0', 'deliver 0', ...rest],
      (simulation) => {
        assert.equal(error(simulation)?.code, 'navigation_blocked');
        assert.equal(simulation.buttons.get('A')!.checkout.link, 'https://checkout.withgale.com/c/chk_1');
      },
    );
  for (const cart of ['two', 'empty', 'invalid'])
    scenario(
      `shows no link to the payment page of a cart that has changed: ${cart}`,
      [...REQUESTED, 'deliver 0', 'deliver 0', `cart ${cart}`, 'deliver 0', 'deliver 0', 'wait 11'],
      (simulation) => {
        assert.equal(error(simulation)?.details.reason, 'cart_changed');
        assert.equal(simulation.buttons.get('A')!.checkout.link, undefined);
      },
    );
});

describe('a cart that changes, a button that is removed', () => {
  scenario(
    'never leaves for the payment page of the old cart',
    [...REQUESTED, 'cart two', 'deliver 1', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(simulation.events.slice(0, 4), ['creating', 'start', 'error', 'error aborted']);
      assert.deepEqual(
        simulation.visits.map(({ cart }) => cart.includes('"two"')),
        [true],
      );
      assert.equal(new Set(simulation.keys).size, 2);
    },
  );
  scenario(
    'a late read of the cart does not replace a newer one',
    // Three reads: for the press, for the refresh, and for the changed cart. The last one finishes first.
    ['press A', 'refresh A', 'cart two', 'deliver 2', 'deliver 1', 'deliver 0', 'settle'],
    (simulation) => {
      assert.equal(error(simulation)?.details.reason, 'cart_changed');
      assert.deepEqual(visits(simulation), []);
    },
  );
  scenario(
    'is unavailable when the cart is emptied',
    [...REQUESTED, 'cart empty', 'deliver 1', 'settle'],
    (simulation) => {
      assert.equal(state(simulation), 'unavailable');
      assert.deepEqual(simulation.events.slice(0, 4), [
        'creating',
        'start',
        'unavailable',
        'error empty_cart',
      ]);
      assert.deepEqual(visits(simulation), []);
    },
  );
  scenario(
    'ends without an error when the button is removed',
    [...REQUESTED, 'remove A', 'settle'],
    (simulation) => {
      assert.deepEqual(simulation.events, ['creating', 'start', 'idle']);
      assert.deepEqual(visits(simulation), []);
    },
  );
  scenario(
    'reports nothing when reading the cart fails after the button was removed',
    ['cart broken', 'remove A', 'settle'],
    (simulation) => assert.deepEqual(simulation.events, ['unavailable', 'error invalid_cart']),
  );
});

describe('a backend that does not know the address', () => {
  const options = { needsAddress: true };
  /** A press whose response has opened the dialog. */
  const DIALOG_OPEN = [...REQUESTED, 'deliver 0'];

  scenario(
    'opens one session, under the key of the complete cart, and opens the dialog once',
    [...TO_PAYMENT, 'back', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(visits(simulation), ['chk_1', 'chk_1']);
      const [incomplete, complete, again] = simulation.keys;
      assert.equal(simulation.keys.length, 3);
      assert.notEqual(complete, incomplete);
      assert.equal(again, complete);
    },
    options,
  );
  scenario(
    'closing the dialog causes no error, and the next press sends the same key',
    [...DIALOG_OPEN, 'close A', ...DIALOG_OPEN],
    (simulation) => {
      assert.deepEqual(simulation.events.slice(0, 3), ['creating', 'start', 'idle']);
      assert.equal(simulation.keys.length, 2);
      assert.equal(new Set(simulation.keys).size, 1);
      assert.deepEqual(visits(simulation), []);
    },
    options,
  );
  scenario(
    'gives the shopper unlimited time',
    [...DIALOG_OPEN, 'wait 4000'],
    (simulation) => {
      assert.equal(state(simulation), 'creating');
      assert.ok(simulation.buttons.get('A')!.dialog!.isAsking);
    },
    options,
  );
  scenario(
    'does not get the details that were entered for a cart that changed while the dialog was open',
    [...DIALOG_OPEN, 'cart two', 'deliver 1', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(simulation.events.slice(2, 4), ['error', 'error aborted']);
      assert.deepEqual(
        simulation.visits.map(({ cart }) => cart.includes('"two"')),
        [true],
      );
    },
    options,
  );
  scenario(
    'a reload clears the entered address, and the same one leads to the same session',
    [...TO_PAYMENT, 'reload', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(visits(simulation), ['chk_1', 'chk_1']);
      assert.equal(simulation.keys.length, 4);
      assert.equal(new Set(simulation.keys).size, 2);
    },
    options,
  );
  scenario(
    'receives no request before the shopper has corrected the cart',
    ['cart blank', 'settle', ...REQUESTED],
    (simulation) => {
      assert.deepEqual(simulation.keys, []);
      assert.ok(simulation.buttons.get('A')!.dialog!.isAsking);
    },
  );
  scenario(
    'receives a second request with the missing address after that',
    ['cart blank', 'settle', ...TO_PAYMENT],
    (simulation) => {
      assert.equal(simulation.keys.length, 2);
      assert.deepEqual(visits(simulation), ['chk_1']);
    },
    options,
  );
});

describe('a network that fails', () => {
  scenario('sends nothing while offline', ['offline', 'press A', 'settle'], (simulation) => {
    assert.equal(error(simulation)?.code, 'offline');
    assert.deepEqual(simulation.keys, []);
  });
  scenario(
    'opens one session when the response was lost',
    [...REQUESTED, 'deliver 0', 'fault drop 0', ...TO_PAYMENT],
    (simulation) => {
      assert.deepEqual(visits(simulation), ['chk_1']);
      assert.equal(new Set(simulation.keys).size, 1);
    },
  );
  scenario(
    'a response after the deadline changes nothing',
    [...REQUESTED, 'wait 31', 'deliver 0'],
    (simulation) => {
      assert.deepEqual(simulation.events, ['creating', 'start', 'error', 'error timeout']);
      assert.equal(simulation.merchant.sessions.length, 1);
      assert.deepEqual(visits(simulation), []);
    },
  );
  for (const [kind, code] of [
    ['nowhere', 'bad_response'],
    ['script', 'unsafe_url'],
    ['evil', 'unsafe_url'],
    ['nameless', 'bad_response'],
  ])
    scenario(
      `does not follow a response of the kind ${kind}`,
      [...REQUESTED, 'deliver 0', `fault ${kind} 0`],
      (simulation) => {
        assert.equal(error(simulation)?.code, code);
        assert.deepEqual(visits(simulation), []);
      },
    );
  scenario(
    'times out by the clock after the page was frozen',
    [...REQUESTED, 'freeze 3600', 'tick'],
    (simulation) => assert.equal(error(simulation)?.code, 'timeout'),
  );
});

/** An exploration of all orders of its steps, and of the completion of everything that is under way. */
interface Exploration {
  title: string;
  options?: SimulationOptions;
  buttons: string[];
  first?: string[];
  steps: string[];
  /** The number of steps: in every run, and under `npm run verify`. */
  depth: [usual: number, long: number];
}

/** Performs every sequence of so many steps and completions. Returns the number of sequences. */
async function explore({ options, buttons, first = [], steps }: Exploration, depth: number): Promise<number> {
  // The choice at each place of the sequence. The last place changes first, as in an odometer.
  const choices: { taken: number; of: number }[] = [];
  for (let runs = 1; ; runs++) {
    const simulation = await open({ immediate: true, ...options }, buttons);
    await simulation.settleAll();
    await simulation.performAll(...first);
    const trail: string[] = [];
    for (let place = 0; place < depth; place++) {
      const completions = simulation.completable.map((_, i) => `deliver ${i}`);
      const options = [...completions, ...steps];
      choices[place] ??= { taken: 0, of: options.length };
      // A step that is not possible is skipped, because the sequence without it is explored anyway.
      let isPerformed = false;
      for (const choice = choices[place]!; !isPerformed && choice.taken < choice.of;) {
        trail[place] = options[choice.taken]!;
        isPerformed = await simulation.perform(trail[place]!);
        if (!isPerformed) choice.taken++;
      }
      if (!isPerformed || simulation.problems.length) break;
    }
    if (!simulation.problems.length) await simulation.finish();
    assert.deepEqual(simulation.problems, [], trail.join(', '));
    while (choices.length && choices.at(-1)!.taken + 1 >= choices.at(-1)!.of) choices.pop();
    if (!choices.length) return runs;
    choices.at(-1)!.taken++;
  }
}

describe('in every order', () => {
  const explorations: Exploration[] = [
    {
      title: 'a cart that changes while it is read is never paid in its outdated form',
      buttons: ['A'],
      steps: ['press A', 'cart one', 'cart two', 'cart empty'],
      depth: [5, 6],
    },
    {
      title: 'two buttons never open two sessions for one cart',
      buttons: ['A', 'B'],
      steps: ['press A', 'press B', 'pay', 'refuse'],
      depth: [6, 8],
    },
    {
      title: 'a button that is removed, added again or replaced leaves no timer, listener or request',
      buttons: ['A'],
      steps: ['press A', 'remove A', 'add A', 'new A', 'cart broken', 'cart one'],
      depth: [5, 6],
    },
    {
      title: 'faults and late responses of the network lead to one session',
      buttons: ['A'],
      steps: ['press A', 'fault drop 0', 'fault status-504 0', 'fault cut 0', 'tick', 'wait 31'],
      depth: [6, 8],
    },
    {
      title: 'a page that was left, or could not be left, works when it is shown again',
      buttons: ['A'],
      first: ['press A', 'deliver 0', 'deliver 0'],
      steps: [
        'navigation works',
        'navigation throws',
        'press A',
        'pay',
        'refuse',
        'back',
        'reload',
        'wait 11',
        'cart two',
      ],
      depth: [4, 5],
    },
    {
      title:
        'a dialog that is filled in, refused or closed leads to one session, and never with an outdated cart',
      options: { needsAddress: true },
      buttons: ['A'],
      first: ['press A', 'deliver 0', 'deliver 0'],
      steps: ['press A', 'close A', 'fault incomplete 0', 'cart one', 'cart two', 'cart blank', 'remove A'],
      depth: [4, 5],
    },
  ];
  for (const exploration of explorations)
    test(exploration.title, async (t) => {
      replaceBrowser(t);
      const depth = exploration.depth[isLong ? 1 : 0];
      const startedAt = performance.now();
      const count = await explore(exploration, depth);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      t.diagnostic(`depth ${depth}: ${count} interleavings in ${seconds} s`);
    });
});

describe('random steps', () => {
  test('violate no rule, and a press always leads to the payment page in the end', async (t) => {
    replaceBrowser(t);
    const property = fc.asyncProperty(
      anyOptions,
      fc.array(step, { maxLength: 60 }),
      async (options, steps) => {
        const simulation = await open(options);
        for (const step of steps) {
          await simulation.perform(step);
          if (simulation.problems.length) break;
        }
        if (!simulation.problems.length) await simulation.finish();
        assert.deepEqual(simulation.problems, []);
      },
    );
    await fc.assert(property, { numRuns, includeErrorInReport: true });
    t.diagnostic(`${numRuns} runs`);
  });
});

describe('the table of states', () => {
  const allStates = Object.keys(BUTTON_TRANSITIONS) as ButtonState[];
  /** Every state that can be reached from one, itself included. */
  const reachableFrom = (from: ButtonState) => {
    const states = new Set([from]);
    for (const state of states) for (const next of Object.values(BUTTON_TRANSITIONS[state])) states.add(next);
    return states;
  };

  test('leads from every state to every other', () => {
    for (const from of allStates)
      assert.deepEqual([...reachableFrom(from)].sort(), [...allStates].sort(), `from ${from}`);
  });

  test('leads back to idle with one event, and takes a press in every state but the busy ones', () => {
    for (const from of allStates) {
      assert.equal(nextState(from, 'reset'), 'idle');
      const isBusy = from === 'creating' || from === 'redirecting';
      assert.equal(nextState(from, 'press'), isBusy ? from : 'creating');
    }
  });
});
