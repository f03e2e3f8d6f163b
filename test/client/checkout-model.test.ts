import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { BUTTON_TRANSITIONS, nextState, type ButtonState } from '../../src/core/index.js';
import { begin, replaceBrowser } from './model/browser.js';
import type { Setting, World } from './model/simulation.js';

/** Deeper under `npm run verify`. */
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
].concat(['evil', 'script', 'nowhere', 'nameless', 'misses']);
const MOMENTS = ['start', 'session', 'error', 'idle', 'creating', 'redirecting', 'unavailable'];

/** Whatever may happen next; what the world is not ready for, it leaves out. */
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
  { weight: 1, arbitrary: some('shut A', 'shut B') },
  { weight: 2, arbitrary: some('settle A', 'settle B') },
  {
    weight: 3,
    arbitrary: some('remove A', 'add A', 'new A', 'remove B', 'add B', 'new B', 'back', 'reload'),
  },
  { weight: 2, arbitrary: some('pay', 'refuse') },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(20), some('A', 'B')).map(([turns, name]) => `rush ${turns} ${name}`),
  },
  { weight: 3, arbitrary: some('leaving goes', 'leaving stays', 'leaving throws', 'depart', 'back') },
  { weight: 4, arbitrary: some('tick', 'tick', 'wait 1', 'wait 6', 'wait 31', 'wait 4000') },
  { weight: 2, arbitrary: some('offline', 'online', 'storage full', 'storage fine', 'rise 100', 'rise 0') },
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
const setting: fc.Arbitrary<Setting> = fc.record({
  storage: fc.constantFrom('fine', 'fine', 'blocked'),
  isPlain: fc.boolean(),
  isStranger: fc.boolean(),
});

async function open(given?: Setting, buttons = ['A', 'B']): Promise<World> {
  const world = begin(given);
  for (const name of buttons) await world.play(`new ${name}`);
  return world;
}

/** Takes steps in an orderly world, looks at what came of them, and then whether anything is wrong with it. */
function scenario(title: string, steps: string[], look: (world: World) => void, given?: Setting): void {
  test(title, async (t) => {
    replaceBrowser(t);
    const world = await open({ immediate: true, ...given });
    await world.calm();
    world.told.length = 0;
    for (const each of steps)
      if (each === 'calm') await world.calm();
      else assert.ok(await world.take(each), `${each} is not possible`);
    look(world);
    await world.end();
    assert.deepEqual(world.problems, []);
  });
}
const state = (world: World, name = 'A') => world.buttons.get(name)!.checkout.state;
const error = (world: World, name = 'A') => world.buttons.get(name)!.checkout.error;
/** The ids of the sessions that were left for. */
const visits = (world: World) => world.visits.map(({ id }) => id);
/** All the way to the payment page. */
const PAY_PAGE = ['leaving goes', 'press A', 'calm'];
/** A press whose request the merchant has, and has not answered yet. */
const ASKED = ['press A', 'deliver 0'];

describe('one press, one session', () => {
  scenario(
    'sends one request for three presses at once',
    ['press A', 'press A', 'press A', 'calm'],
    (world) => {
      assert.equal(world.keys.length, 1);
      assert.deepEqual(world.told.slice(0, 2), ['creating', 'start']);
      assert.deepEqual(visits(world), ['chk_1']);
    },
  );
  scenario(
    'sends one request for a press that arrives twice, at any stage of the first',
    ['press A', 'press A', 'deliver 0', 'press A', 'deliver 0', 'press A', 'deliver 0', 'press A'],
    (world) => {
      assert.deepEqual(world.told, ['creating', 'start', 'session', 'redirecting']);
      assert.equal(world.keys.length, 1);
    },
  );
  scenario('ignores a press while the session is being created', [...ASKED, 'press A'], (world) => {
    assert.deepEqual(world.told, ['creating', 'start']);
  });
  scenario(
    'two buttons that are pressed together wait for one session',
    ['press A', 'deliver 0', 'press B', 'deliver 1', 'calm'],
    (world) => assert.deepEqual(visits(world), ['chk_1', 'chk_1']),
  );
  scenario(
    'two tabs have two keys, and both work',
    [...PAY_PAGE, 'tab second', 'reload', 'calm', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(visits(world), ['chk_1', 'chk_2']);
      assert.equal(new Set(world.keys).size, 2);
    },
  );
  for (const isPlain of [false, true]) {
    const who = isPlain ? 'a backend that only replays' : 'the handler';
    scenario(
      `says that the order is paid, and opens a new session when pressed again, with ${who}`,
      [...PAY_PAGE, 'pay', 'back', 'calm', 'press A', 'calm'],
      (world) => {
        assert.equal(error(world)?.code, 'session_closed');
        assert.equal(new Set(world.keys).size, 1);
      },
      { isPlain },
    );
    scenario(
      `opens a new session in place of a cancelled one, without a message, with ${who}`,
      [...PAY_PAGE, 'refuse', 'back', 'calm', ...PAY_PAGE],
      (world) => {
        assert.deepEqual(visits(world), ['chk_1', 'chk_2']);
        assert.ok(!world.told.some((name) => name.startsWith('error')));
      },
      { isPlain },
    );
  }
  scenario(
    'asks about the price again when the accepted session has ended and the next one costs more too',
    ['rise 100', 'press A', 'calm', 'wait 4000', 'press A', 'calm'],
    (world) => {
      assert.equal(world.buttons.get('A')!.checkout.priceIncrease?.checkoutId, 'chk_2');
      assert.deepEqual(visits(world), []);
    },
  );
  scenario(
    'a late answer about a paid session does not restore its key',
    // B has its answer on the way while A goes there, is blocked, pays elsewhere, and buys again.
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
      .concat(['calm', 'press A', 'calm']),
    (world) => assert.deepEqual(visits(world), ['chk_1', 'chk_2', 'chk_1', 'chk_2']),
  );
});

describe('a page that is left, and comes back', () => {
  scenario('is idle again, with the same session', [...PAY_PAGE, 'back', 'calm'], (world) => {
    assert.equal(state(world), 'idle');
    assert.deepEqual(world.told, ['creating', 'start', 'session', 'redirecting', 'idle']);
  });
  scenario('has the same session after a reload', [...PAY_PAGE, 'reload', 'calm', ...PAY_PAGE], (world) => {
    assert.deepEqual(visits(world), ['chk_1', 'chk_1']);
    assert.equal(new Set(world.keys).size, 1);
  });
  scenario(
    'the next press gets the session that the page did not wait for',
    [...ASKED, 'reload', 'calm', ...PAY_PAGE],
    (world) => {
      assert.equal(world.merchant.sessions.length, 1);
      assert.deepEqual(visits(world), ['chk_1']);
    },
  );
  for (const [how, ...rest] of [['stays', 'wait 11'], ['throws']])
    scenario(
      `shows a link to the payment page where the browser ${how}`,
      [`leaving ${how}`, ...ASKED, 'deliver 0', 'deliver 0', ...rest],
      (world) => {
        assert.equal(error(world)?.code, 'navigation_blocked');
        assert.equal(world.buttons.get('A')!.checkout.link, 'https://checkout.withgale.com/c/chk_1');
      },
    );
  for (const cart of ['two', 'empty', 'invalid'])
    scenario(
      `shows no link to the payment page of a cart that has changed: ${cart}`,
      [...ASKED, 'deliver 0', 'deliver 0', `cart ${cart}`, 'deliver 0', 'deliver 0', 'wait 11'],
      (world) => {
        assert.equal(error(world)?.details.reason, 'cart_changed');
        assert.equal(world.buttons.get('A')!.checkout.link, undefined);
      },
    );
});

describe('a cart that changes, a button that goes', () => {
  scenario(
    'never leaves for the payment page of the old cart',
    [...ASKED, 'cart two', 'deliver 1', 'calm', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(world.told.slice(0, 4), ['creating', 'start', 'error', 'error aborted']);
      assert.deepEqual(
        world.visits.map(({ cart }) => cart.includes('"two"')),
        [true],
      );
      assert.equal(new Set(world.keys).size, 2);
    },
  );
  scenario(
    'a late reading of the cart does not replace a newer one',
    // The press reads, and so does the settle after it; then the cart changes, and that is found first.
    ['press A', 'settle A', 'cart two', 'deliver 2', 'deliver 1', 'deliver 0', 'calm'],
    (world) => {
      assert.equal(error(world)?.details.reason, 'cart_changed');
      assert.deepEqual(visits(world), []);
    },
  );
  scenario(
    'is unavailable when the cart is emptied',
    [...ASKED, 'cart empty', 'deliver 1', 'calm'],
    (world) => {
      assert.equal(state(world), 'unavailable');
      assert.deepEqual(world.told.slice(0, 4), ['creating', 'start', 'unavailable', 'error empty_cart']);
      assert.deepEqual(visits(world), []);
    },
  );
  scenario('ends without an error when the button is removed', [...ASKED, 'remove A', 'calm'], (world) => {
    assert.deepEqual(world.told, ['creating', 'start', 'idle']);
    assert.deepEqual(visits(world), []);
  });
  scenario(
    'reports nothing when reading the cart fails after the button was removed',
    ['cart broken', 'remove A', 'calm'],
    (world) => assert.deepEqual(world.told, ['unavailable', 'error invalid_cart']),
  );
});

describe('a backend that knows no shopper', () => {
  const given = { isStranger: true };
  /** A press whose answer has opened the dialog. */
  const ASKING = [...ASKED, 'deliver 0'];

  scenario(
    'opens one session, under the key of the cart with what was entered, and asks once',
    [...PAY_PAGE, 'back', 'calm', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(visits(world), ['chk_1', 'chk_1']);
      const [incomplete, complete, again] = world.keys;
      assert.equal(world.keys.length, 3);
      assert.notEqual(complete, incomplete);
      assert.equal(again, complete);
    },
    given,
  );
  scenario(
    'is left in silence with the dialog, and asked with the same key by the next press',
    [...ASKING, 'shut A', ...ASKING],
    (world) => {
      assert.deepEqual(world.told.slice(0, 3), ['creating', 'start', 'idle']);
      assert.equal(world.keys.length, 2);
      assert.equal(new Set(world.keys).size, 1);
      assert.deepEqual(visits(world), []);
    },
    given,
  );
  scenario(
    'waits for the shopper without an end',
    [...ASKING, 'wait 4000'],
    (world) => {
      assert.equal(state(world), 'creating');
      assert.ok(world.buttons.get('A')!.dialog!.isAsking);
    },
    given,
  );
  scenario(
    'does not get the details that were entered for a cart that changed while the dialog was open',
    [...ASKING, 'cart two', 'deliver 1', 'calm', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(world.told.slice(2, 4), ['error', 'error aborted']);
      assert.deepEqual(
        world.visits.map(({ cart }) => cart.includes('"two"')),
        [true],
      );
    },
    given,
  );
  scenario(
    'asks again after a reload, which takes with it what was entered, and gives the same session',
    [...PAY_PAGE, 'reload', 'calm', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(visits(world), ['chk_1', 'chk_1']);
      assert.equal(world.keys.length, 4);
      assert.equal(new Set(world.keys).size, 2);
    },
    given,
  );
  scenario(
    'is asked nothing before the shopper has put right what the cart itself shows',
    ['cart blank', 'calm', ...ASKED],
    (world) => {
      assert.deepEqual(world.keys, []);
      assert.ok(world.buttons.get('A')!.dialog!.isAsking);
    },
  );
  scenario(
    'is asked again with what it misses after that',
    ['cart blank', 'calm', ...PAY_PAGE],
    (world) => {
      assert.equal(world.keys.length, 2);
      assert.deepEqual(visits(world), ['chk_1']);
    },
    given,
  );
});

describe('a network that fails', () => {
  scenario('sends nothing while offline', ['offline', 'press A', 'calm'], (world) => {
    assert.equal(error(world)?.code, 'offline');
    assert.deepEqual(world.keys, []);
  });
  scenario(
    'opens one session when the answer was lost',
    [...ASKED, 'deliver 0', 'fault drop 0', ...PAY_PAGE],
    (world) => {
      assert.deepEqual(visits(world), ['chk_1']);
      assert.equal(new Set(world.keys).size, 1);
    },
  );
  scenario('an answer after the deadline changes nothing', [...ASKED, 'wait 31', 'deliver 0'], (world) => {
    assert.deepEqual(world.told, ['creating', 'start', 'error', 'error timeout']);
    assert.equal(world.merchant.sessions.length, 1);
    assert.deepEqual(visits(world), []);
  });
  for (const [kind, code] of [
    ['nowhere', 'bad_response'],
    ['script', 'unsafe_url'],
    ['evil', 'unsafe_url'],
    ['nameless', 'bad_response'],
  ])
    scenario(`follows no answer that is ${kind}`, [...ASKED, 'deliver 0', `fault ${kind} 0`], (world) => {
      assert.equal(error(world)?.code, code);
      assert.deepEqual(visits(world), []);
    });
  scenario(
    'times out by elapsed time, however long the page was frozen',
    [...ASKED, 'freeze 3600', 'tick'],
    (world) => assert.equal(error(world)?.code, 'timeout'),
  );
});

/** What is explored in every order: how it begins, and what may be done besides completing what is under way. */
interface Corner {
  title: string;
  setting?: Setting;
  buttons: string[];
  first?: string[];
  steps: string[];
  /** How many steps: in every run, and under `npm run verify`. */
  depth: [usual: number, long: number];
}

/** Takes every sequence of so many steps, with what is completed in every order. Returns how many there were. */
async function explore(
  { setting: given, buttons, first = [], steps }: Corner,
  depth: number,
): Promise<number> {
  // The choice at each step, and of how many: counted up from the last place, like an odometer.
  const choices: { taken: number; of: number }[] = [];
  for (let runs = 1; ; runs++) {
    const world = await open({ immediate: true, ...given }, buttons);
    await world.calm();
    await world.play(...first);
    const trail: string[] = [];
    for (let place = 0; place < depth; place++) {
      const completions = world.completable.map((_, i) => `deliver ${i}`);
      const options = [...completions, ...steps];
      choices[place] ??= { taken: 0, of: options.length };
      // A step that is not possible here is no other sequence than the one without it.
      let isTaken = false;
      for (const choice = choices[place]!; !isTaken && choice.taken < choice.of;) {
        trail[place] = options[choice.taken]!;
        isTaken = await world.take(trail[place]!);
        if (!isTaken) choice.taken++;
      }
      if (!isTaken || world.problems.length) break;
    }
    if (!world.problems.length) await world.end();
    assert.deepEqual(world.problems, [], trail.join(', '));
    while (choices.length && choices.at(-1)!.taken + 1 >= choices.at(-1)!.of) choices.pop();
    if (!choices.length) return runs;
    choices.at(-1)!.taken++;
  }
}

describe('in every order', () => {
  const corners: Corner[] = [
    {
      title: 'a cart that changes while it is read is never paid in its old form',
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
      title: 'a button that is removed, added again or replaced leaves nothing behind',
      buttons: ['A'],
      steps: ['press A', 'remove A', 'add A', 'new A', 'cart broken', 'cart one'],
      depth: [5, 6],
    },
    {
      title: 'a network that fails, and answers late, leads to one session in the end',
      buttons: ['A'],
      steps: ['press A', 'fault drop 0', 'fault status-504 0', 'fault cut 0', 'tick', 'wait 31'],
      depth: [6, 8],
    },
    {
      title: 'a page that was left, or could not be left, works when it is shown again',
      buttons: ['A'],
      first: ['press A', 'deliver 0', 'deliver 0'],
      steps: [
        'leaving goes',
        'leaving throws',
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
        'details that are asked for, entered, refused or left lead to one session, and never with an older cart',
      setting: { isStranger: true },
      buttons: ['A'],
      first: ['press A', 'deliver 0', 'deliver 0'],
      steps: ['press A', 'shut A', 'fault misses 0', 'cart one', 'cart two', 'cart blank', 'remove A'],
      depth: [4, 5],
    },
  ];
  for (const corner of corners)
    test(corner.title, async (t) => {
      replaceBrowser(t);
      const depth = corner.depth[isLong ? 1 : 0];
      const began = performance.now();
      const count = await explore(corner, depth);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      t.diagnostic(`depth ${depth}: ${count} interleavings in ${seconds} s`);
    });
});

describe('whatever happens, in whatever order', () => {
  test('no rule is broken, and there is always a way on', async (t) => {
    replaceBrowser(t);
    const property = fc.asyncProperty(setting, fc.array(step, { maxLength: 60 }), async (given, steps) => {
      const world = await open(given);
      for (const each of steps) {
        await world.take(each);
        if (world.problems.length) break;
      }
      if (!world.problems.length) await world.end();
      assert.deepEqual(world.problems, []);
    });
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
