import fc from 'fast-check';

/**
 * fast-check for tests in Node. `npm test` always uses the same inputs, so that a failure comes from the change. `npm run verify`
 * uses new inputs. `FC_RUNS` sets their number for properties that do not set it themselves.
 */
const runs = Number(process.env['FC_RUNS']);
fc.configureGlobal(runs > 0 ? { numRuns: runs } : { seed: 1 });

export { fc };
