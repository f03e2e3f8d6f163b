import fc from 'fast-check';

/**
 * fast-check, for tests in Node. `npm test` tries each property with the same inputs every time, so that a change is judged
 * by what it changed. `npm run verify` draws new ones, and as many as `FC_RUNS` says where a property does not set a number
 * itself.
 */
const runs = Number(process.env['FC_RUNS']);
fc.configureGlobal(runs > 0 ? { numRuns: runs } : { seed: 1 });

export { fc };
