import fc from 'fast-check';

/** Inputs for each property that does not set a number itself; `npm run verify` asks for many. */
const runs = Number(process.env['FC_RUNS']);
if (runs > 0) fc.configureGlobal({ numRuns: runs });
