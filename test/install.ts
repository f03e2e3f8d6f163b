import { OPENSSL } from './server/http/proxy.js';
import { browserPrograms, ENGINES } from './support/browsers.js';
import { ensurePrograms } from './support/programs.js';
import { REDIS } from './support/redis-server.js';

/*
 * node --import tsx test/install.ts   installs the programs that the tests start. `npm test` does the same at its start
 */
ensurePrograms([...browserPrograms([...ENGINES]), REDIS, OPENSSL]);
