import * as z from 'zod';
import * as mini from 'zod/mini';
import { checkCart } from '../../src/contract/check.js';
import { CENTS, CURRENCY, QUANTITY, TEXT, WEB_URL } from '../../src/contract/fields.js';
import { fingerprint } from '../../src/core/index.js';
import { bigLines } from './big-lines.js';

/*
 * How the check of a cart grows with its lines, beside zod's and zod/mini's over the same rules and the same lines. zod
 * compiles its schemas with `Function` where it may: a page whose policy forbids eval has the slower one.
 */

const LINES = [1, 10, 100, 1000, 10_000];
const ROUNDS = 25;
/** How much more than in proportion the work may grow from one size to the next, where sizes are far from the clock's grain. */
const LINEAR = { from: 100, times: 1.5 };

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
/** A check says how many lines it has found good, and with a bad last line none. */
type Check = (cart: Cart) => number;
const counted = (result: { data?: Cart }) => result.data?.line_items.length ?? 0;

const CHECKS: Record<string, Check> = {
  'the check': (cart) => checkCart(cart, Infinity).value?.line_items.length ?? 0,
  zod: (cart) => counted(compiled.safeParse(cart)),
  'zod without eval': (cart) => counted(plain.safeParse(cart)),
  'zod/mini': (cart) => counted(miniCart.safeParse(cart)),
  'check and fingerprint': (cart) => {
    const { value } = checkCart(cart, Infinity);
    return value && fingerprint(JSON.stringify(value)) ? value.line_items.length : 0;
  },
};

/** A new cart for every round: nobody checks one twice. */
const cartOf = (lines: number): Cart => ({ line_items: bigLines(lines) });

/** The last line is looked at: with a price that is none, the cart is refused. */
function refuses(check: Check, lines: number): boolean {
  const cart = cartOf(lines);
  cart.line_items.at(-1)!.price = -1;
  return check(cart) !== lines;
}

/** Milliseconds of each check at one size: the median of rounds that take turns. */
function time(lines: number): Record<string, number> {
  const times = new Map(Object.keys(CHECKS).map((name) => [name, [] as number[]]));
  // Small carts are too quick for the clock: many in one go.
  const repeats = Math.max(1, Math.floor(2000 / lines));
  for (let round = -5; round < ROUNDS; round++)
    for (const [name, check] of Object.entries(CHECKS)) {
      const carts = Array.from({ length: repeats }, () => cartOf(lines));
      const start = performance.now();
      for (const cart of carts) if (check(cart) !== lines) throw new Error(`${name} lost lines`);
      if (round >= 0) times.get(name)!.push((performance.now() - start) / repeats);
    }
  return Object.fromEntries(
    [...times].map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1]!]),
  );
}

/** Prints how the work grows, as ratios to the check. False where it grows more than in proportion. */
export function compareGrowth(): boolean {
  for (const [name, check] of Object.entries(CHECKS))
    if (!refuses(check, 10)) throw new Error(`${name} does not look at the last line`);
  const others = Object.keys(CHECKS).slice(1);
  console.log(`| lines | the check, per line | ${others.map((name) => `${name}, ratio`).join(' | ')} |`);
  console.log(`| ---: | ---: |${' ---: |'.repeat(others.length)}`);
  let holds = true;
  let before: { lines: number; perLine: number } | undefined;
  for (const lines of LINES) {
    process.stderr.write(`\r\x1b[K… checking carts of ${lines} lines`);
    const ms = time(lines);
    process.stderr.write('\r\x1b[K');
    const own = ms['the check']!;
    const perLine = own / lines;
    const ratios = others.map((name) => (ms[name]! / own).toFixed(1));
    console.log(`| ${lines} | ${(perLine * 1e6).toFixed(0)} ns | ${ratios.join(' | ')} |`);
    if (before && before.lines >= LINEAR.from && perLine > before.perLine * LINEAR.times) {
      console.log(`\nMore than in proportion from ${before.lines} to ${lines} lines.\n`);
      holds = false;
    }
    before = { lines, perLine };
  }
  return holds;
}
