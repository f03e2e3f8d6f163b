import { spawnSync } from 'node:child_process';
import { expectCheckout } from './expectations.js';
import { createShop } from './merchant.js';
import { program } from './project.js';
import { startRuntime } from './runtime.js';

/** The longest time for a build on a busy machine, in milliseconds. It takes 15 s on an idle one. */
const BUILD_MS = 180_000;
/** Sets Turbopack's root, because the packages are links and it follows a link only below its root. No cache, because no build follows. */
const CONFIG = `export default {
  turbopack: { root: '/' },
  experimental: { turbopackFileSystemCacheForBuild: false },
};`;
/** With these packages a build checks the types of the guide's file. */
const TYPES = ['typescript', '@types/node', '@types/react'];

expectCheckout('Next', async (files, { port, url, env }) => {
  const { folder, write } = createShop('Next', files, {
    port,
    packages: ['next', 'react', 'react-dom', ...TYPES],
  });
  write('next.config.js', CONFIG);
  const settings = { ...env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr } = spawnSync(program('next'), ['build'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...settings },
    encoding: 'utf8',
    timeout: BUILD_MS,
  });
  if (status !== 0) throw new Error(`next build failed\n${stdout}${stderr}`);
  const args = ['start', '--hostname', '127.0.0.1', '--port', String(port)];
  return startRuntime(program('next'), args, { cwd: folder, env: settings, url });
});
