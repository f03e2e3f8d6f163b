import { expectCheckout } from './expectations.js';
import { createShop } from './merchant.js';
import { program } from './project.js';
import { startRuntime } from './runtime.js';

/** Wires the files as Nitro does: its router, the routes of the files' names, and its globals. */
const nitro = (port: number) => `
import { createServer } from 'node:http';
import * as h3 from 'h3';
Object.assign(globalThis, h3);
const { default: path } = await import('./server/api/hsa-checkout/[...path].ts');
const { default: index } = await import('./server/api/hsa-checkout/index.ts');
const router = h3.createRouter()
  .use('/api/hsa-checkout/**:path', path)
  .use('/api/hsa-checkout', index);
createServer(h3.toNodeListener(h3.createApp().use(router))).listen(${port}, '127.0.0.1');
`;

expectCheckout('Nuxt', (files, { section, port, url, env }) => {
  const { folder, write } = createShop(section, files, { port, packages: ['h3'] });
  write('nitro.ts', nitro(port));
  return startRuntime(program('tsx'), ['nitro.ts'], { cwd: folder, env, url });
});
