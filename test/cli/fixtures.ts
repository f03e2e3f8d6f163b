import type { TargetOptions } from '../../src/cli/target.js';
import { runChecks } from '../../src/cli/run-checks.js';
import type { NamedResult } from '../../src/cli/check-result.js';
import { ENDPOINT, openShop, WEBHOOK_SECRET, type Shop, type ShopOptions } from '../server/fixtures.js';

/** What stands between the doctor and the handler: passes a request on, changed or not, or answers itself. */
export type Between = (
  request: Request,
  pass: (request?: Request) => Promise<Response>,
) => Response | Promise<Response>;

export interface Call extends Partial<TargetOptions> {
  shop?: ShopOptions;
  between?: Between;
}

/** Whom the doctor was sent to, what was asked there, and what was found. */
export interface Examination {
  shop: Shop;
  requests: Request[];
  results: NamedResult[];
  /** The result of one check. */
  of(name: string): NamedResult;
  /** The names of what is wrong. */
  wrong: string[];
}

/** Has the doctor look at a shop on the real handler and the sandbox, as it is or spoilt on the way. */
export async function callDoctor({ shop: options, between, ...visit }: Call = {}): Promise<Examination> {
  const shop = openShop({ onOrderCreated: () => {}, ...options });
  const requests: Request[] = [];
  const results = await runChecks({
    endpoint: ENDPOINT,
    webhookSecret: WEBHOOK_SECRET,
    async fetch(input, init) {
      const request = new Request(input, init);
      requests.push(request.clone());
      const pass = (changed = request) => shop.handler(changed);
      const response = await (between ? between(request, pass) : pass());
      // A server's own, as every one adds it.
      if (!response.headers.has('date')) response.headers.set('date', new Date().toUTCString());
      return response;
    },
    ...visit,
  });
  return {
    ...{ shop, requests, results },
    of: (name) => results.find((result) => result.name === name)!,
    wrong: results.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name),
  };
}
