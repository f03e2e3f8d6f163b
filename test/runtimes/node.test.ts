import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { expectCheckout, type Start } from './expectations.js';
import { guideRow } from './guide.js';
import { createShop } from './merchant.js';
import { program } from './project.js';
import { startRuntime } from './runtime.js';

const PACKAGES = ['@hono/node-server', 'hono', 'express', 'fastify', 'koa', '@koa/bodyparser'];

/** Starts the guide's command, such as `npx tsx server.ts`. */
const startShop: Start = (files, { section, port, url, env }) => {
  const { folder, write } = createShop(section, files, { port, packages: PACKAGES });
  // The package.json of `npm init -y`.
  write('package.json', '{ "name": "shop", "version": "1.0.0", "type": "commonjs" }\n');
  const [npx, name, ...args] = guideRow(section).command;
  if (npx !== 'npx') throw new Error(`${section} is started by ${npx}`);
  return startRuntime(program(name!), args, { cwd: folder, env, url });
};

for (const framework of ['Node', 'Express', 'Fastify', 'Koa', 'Hono']) expectCheckout(framework, startShop);

/** The same in JavaScript, as in the guide: other file names, no types, ES modules. */
expectCheckout(
  'Node without TypeScript',
  (files, { section, port, url, env }) => {
    const javaScript = files.map(({ path, code }) => ({ path: path.replace('.ts', '.js'), code }));
    const { folder, write } = createShop(section, javaScript, { port, packages: PACKAGES });
    const { checkout } = guideRow(section);
    const typed = readFileSync(join(folder, checkout), 'utf8');
    write(checkout.replace('.ts', '.js'), transformSync(typed, { loader: 'ts' }).code);
    rmSync(join(folder, checkout));
    write('package.json', '{ "name": "shop", "version": "1.0.0", "type": "module" }\n');
    return startRuntime(process.execPath, ['server.js'], { cwd: folder, env, url });
  },
  { section: 'Node' },
);

/** The guide's file with a body parser before the handler, which the guide allows. */
expectCheckout(
  'Koa after its body parser',
  (files, setting) => {
    const parsed = files.map(({ path, code }) => ({
      path,
      code:
        "import { bodyParser } from '@koa/bodyparser';\n" +
        code.replace('new Koa();', 'new Koa();\napp.use(bodyParser({ patchNode: true }));'),
    }));
    return startShop(parsed, setting);
  },
  { section: 'Koa', parserFirst: true },
);
