import { OPENSSL } from './server/http/proxy.js';
import { browserPrograms, ENGINES } from './support/browsers.js';
import { ensurePrograms } from './support/programs.js';
import { REDIS } from './support/redis-server.js';

/*
 * node --import tsx test/install.ts   installs what the tests start, as `npm test` does by itself: for a machine that has
 *                                     something else to do meanwhile
 */
ensurePrograms([...browserPrograms([...ENGINES]), REDIS, OPENSSL]);
