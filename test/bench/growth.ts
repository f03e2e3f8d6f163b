import * as z from 'zod';
import * as mini from 'zod/mini';
import { checkCart } from '../../src/contract/check.js';
import { CENTS, CURRENCY, QUANTITY, TEXT, WEB_URL } from '../../src/contract/fields.js';
import { fingerprint } from '../../src/core/index.js';
import { bigLines } from './big-lines.js';
import { printTable, ratio, takeTurns, type Bar } from './interleave.js';

/*
 * The growth of a cart's check with its lines, beside zod and zod/mini with the same rules and lines. zod compiles its schemas with
 * `Function`. A page whose policy forbids eval has the slower zod.
 */

const LINES = [1, 10, 100, 1000, 10_000];
const ROUNDS = 15;
/** How much more a line may cost with ten times as many lines, at sizes that the clock can measure. */
const LINEAR = { from: 1000, times: 1.5 };
/** How much faster than zod the check has to be, by number of lines. */
const FASTER = 10;
const JUDGED = 1000;
const FLOOR = 'floor';

const zodCart = () => z.object({ line_items: z.array(zodLine()) });
const zodLine = () =>
  z.object({
    product_id: z.string().regex(TEXT.pattern!),
    name: z.string().regex(TEXT.pattern!),
    image_url: z.string().regex(WEB_URL.pattern!).optional(),
    price: z.int().min(CENTS.min!).max(CENTS.max!),
    quantity: z.int().min(QUANTITY.min!).max(QUANTITY.max!),
    currency: z.string().regex(CURRENCY.pattern!),
    hsa_fsa_eligible: z.boolean().optional(),
    requires_lmn: z.boolean().optional(),
  });
const miniText = (pattern: RegExp) => mini.string().check(mini.regex(pattern));
const miniLine = mini.object({
  product_id: miniText(TEXT.pattern!),
  name: miniText(TEXT.pattern!),
  image_url: mini.optional(miniText(WEB_URL.pattern!)),
  price: mini.int().check(mini.gte(CENTS.min!), mini.lte(CENTS.max!)),
  quantity: mini.int().check(mini.gte(QUANTITY.min!), mini.lte(QUANTITY.max!)),
  currency: miniText(CURRENCY.pattern!),
  hsa_fsa_eligible: mini.optional(mini.boolean()),
  requires_lmn: mini.optional(mini.boolean()),
});
const compiled = zodCart();
z.config({ jitless: true });
const plain = zodCart();
const miniCart = mini.object({ line_items: mini.array(miniLine) });

type Cart = z.input<typeof plain>;
/** A check returns the number of valid lines, or none for an invalid last line. */
type Check = (cart: Cart) => number;
const counted = (result: { data?: Cart }) => result.data?.line_items.length ?? 0;

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;
const isFlag = (value: unknown) => value === undefined || typeof value === 'boolean';
/** A lower bound: it only applies the rules to the fields. */
const isFine = (line: Cart['line_items'][number]) =>
  isText(line.product_id) &&
  isText(line.name) &&
  WEB_URL.pattern!.test(line.image_url!) &&
  isWhole(line.price, CENTS.min!, CENTS.max!) &&
  isWhole(line.quantity, QUANTITY.min!, QUANTITY.max!) &&
  CURRENCY.pattern!.test(line.currency) &&
  isFlag(line.hsa_fsa_eligible) &&
  isFlag(line.requires_lmn);

const CHECKS: Record<string, Check> = {
  'the check': (cart) => checkCart(cart, Infinity).value?.line_items.length ?? 0,
  zod: (cart) => counted(compiled.safeParse(cart)),
  'zod without eval': (cart) => counted(plain.safeParse(cart)),
  'zod/mini': (cart) => counted(miniCart.safeParse(cart)),
  [FLOOR]: (cart) => cart.line_items.filter(isFine).length,
  'check and fingerprint': (cart) => {
    const { value } = checkCart(cart, Infinity);
    return value && fingerprint(JSON.stringify(value)) ? value.line_items.length : 0;
  },
};

/** A new cart for every round, parsed from JSON as in a page. */
const jsonOf = (lines: number) => JSON.stringify({ line_items: bigLines(lines) });

/** Whether a check refuses a cart with an invalid price in the last line. */
function refuses(check: Check, lines: number): boolean {
  const cart = JSON.parse(jsonOf(lines)) as Cart;
  cart.line_items.at(-1)!.price = -1;
  return check(cart) !== lines;
}

/** The nanoseconds of each check for a line at one size, from interleaved rounds. */
async function time(lines: number): Promise<Record<string, number>> {
  const json = jsonOf(lines);
  // A round checks many small carts, because one is too quick for the clock.
  const repeats = Math.max(1, Math.floor(2000 / lines));
  const runs = Object.entries(CHECKS).map(([name, check]) => {
    const run = () => {
      const carts = Array.from({ length: repeats }, () => JSON.parse(json) as Cart);
      const start = performance.now();
      for (const cart of carts) if (check(cart) !== lines) throw new Error(`${name} lost lines`);
      return { ns: ((performance.now() - start) / repeats / lines) * 1e6 };
    };
    return [name, run] as const;
  });
  const results = await takeTurns(`carts of ${lines} lines`, Object.fromEntries(runs), {
    rounds: ROUNDS,
    warmUp: 5,
  });
  return Object.fromEntries(Object.entries(results).map(([name, { ns }]) => [name, ns!]));
}

/** Prints the growth as ratios to the check. */
export async function compareGrowth(): Promise<Bar[]> {
  for (const [name, check] of Object.entries(CHECKS))
    if (!refuses(check, 10)) throw new Error(`${name} does not check the last line`);
  const others = Object.keys(CHECKS).slice(1);
  const rows: string[][] = [];
  const results = new Map<number, Record<string, number>>();
  for (const lines of LINES) {
    const ns = await time(lines);
    results.set(lines, ns);
    const own = ns['the check']!;
    rows.push([`${lines}`, `${own.toFixed(0)} ns`, ...others.map((name) => ratio(ns[name]!, own))]);
  }
  printTable(['lines', 'the check, per line', ...others.map((name) => `${name}, ratio`)], rows);
  console.log(
    'The lower bound only reads the same fields, without a copy and without messages: with the same two\n' +
      'patterns, for URLs and for currencies. zod is compiled with `Function`, which a page’s policy may forbid.\n',
  );
  const at = (lines: number, name = 'the check') => results.get(lines)![name]!;
  const { from, times } = LINEAR;
  const growth = at(from * 10) / at(from);
  const faster = (name: string) => at(JUDGED, name) / at(JUDGED);
  return [
    ...['zod', 'zod without eval'].map((name) => ({
      bar: `cart check: ${FASTER} × as fast as ${name} at ${JUDGED} lines`,
      measured: `${faster(name).toFixed(1)} × (the floor: ${(at(JUDGED, name) / at(JUDGED, FLOOR)).toFixed(1)} ×)`,
      holds: faster(name) >= FASTER,
    })),
    {
      bar: `cart check: a line costs at most ${times} × as much at ${from * 10} lines as at ${from}`,
      measured: `${growth.toFixed(2)} ×`,
      holds: growth <= times,
    },
  ];
}
