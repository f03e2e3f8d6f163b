import type { TargetOptions } from '../../src/cli/target.js';
import { runChecks } from '../../src/cli/run-checks.js';
import type { NamedResult } from '../../src/cli/check-result.js';
import { ENDPOINT, openShop, WEBHOOK_SECRET, type Shop, type ShopOptions } from '../server/fixtures.js';

/** A proxy between the command and the handler: passes a request on, changed or not, or answers it. */
export type Proxy = (
  request: Request,
  pass: (request?: Request) => Promise<Response>,
) => Response | Promise<Response>;

export interface CheckOptions extends Partial<TargetOptions> {
  shop?: ShopOptions;
  proxy?: Proxy;
}

/** A shop that was checked, the requests that it got, and the results. */
export interface CheckedShop {
  shop: Shop;
  requests: Request[];
  results: NamedResult[];
  /** The result of one check. */
  of(name: string): NamedResult;
  /** The names of the checks that failed. */
  failed: string[];
}

/** Runs the checks against a shop on the real handler and the sandbox, with a proxy in between if one is given. */
export async function checkShop({
  shop: options,
  proxy,
  ...target
}: CheckOptions = {}): Promise<CheckedShop> {
  const shop = openShop({ onOrderCreated: () => {}, ...options });
  const requests: Request[] = [];
  const results = await runChecks({
    endpoint: ENDPOINT,
    webhookSecret: WEBHOOK_SECRET,
    async fetch(input, init) {
      const request = new Request(input, init);
      requests.push(request.clone());
      const pass = (changed = request) => shop.handler(changed);
      const response = await (proxy ? proxy(request, pass) : pass());
      // Every HTTP server adds this header.
      if (!response.headers.has('date')) response.headers.set('date', new Date().toUTCString());
      return response;
    },
    ...target,
  });
  return {
    ...{ shop, requests, results },
    of: (name) => results.find((result) => result.name === name)!,
    failed: results.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name),
  };
}
