import { build } from 'vite';
import { expectCheckout } from './expectations.js';
import { guideRow } from './guide.js';
import { createShop } from './merchant.js';
import { program } from './project.js';
import { startRuntime } from './runtime.js';

const SECTION = 'Bun, Deno and Cloudflare Workers';

expectCheckout(
  'Bun',
  (files, { port, url, env }) => {
    const { folder } = createShop('Bun', files, { port });
    const [bun, ...args] = guideRow('Bun').command;
    return startRuntime(program(bun!), args, { cwd: folder, env: { ...env, PORT: String(port) }, url });
  },
  { section: SECTION },
);

expectCheckout(
  'Deno',
  (files, { port, url, env }) => {
    const { folder } = createShop('Deno', files, { port });
    // The guide's command with its permissions. Without a terminal, Deno cannot ask for more.
    const [deno, serve, ...args] = guideRow('Deno').command;
    const listen = ['--no-prompt', '--host=127.0.0.1', `--port=${port}`];
    return startRuntime(program(deno!), [serve!, ...listen, ...args], { cwd: folder, env, url });
  },
  { section: SECTION },
);

/** The configuration that `wrangler` writes for workerd: one module, the environment as bindings. Requests may reach this machine. */
const worker = (port: number, env: Record<string, string>) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "shop", worker = (
      modules = [(name = "server.js", esModule = embed "dist/server.js")],
      compatibilityDate = "2025-10-01",
      compatibilityFlags = ["nodejs_compat"],
      bindings = [${Object.entries(env).map(([name, text]) => `(name = "${name}", text = "${text}")`)}],
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "shop")],
);`;

expectCheckout(
  'Cloudflare Workers',
  async (files, { port, url, env }) => {
    const { folder, write } = createShop('Cloudflare Workers', files, { port });
    await build({
      root: folder,
      configFile: false,
      logLevel: 'warn',
      // The export conditions of wrangler, so that the package's stub for browsers is not used.
      ssr: {
        target: 'webworker',
        noExternal: true,
        resolve: { conditions: ['workerd', 'worker', 'browser'] },
      },
      environments: { ssr: { keepProcessEnv: true } },
      build: { ssr: 'server.ts' },
    });
    write('workerd.capnp', worker(port, env));
    return startRuntime(program('workerd'), ['serve', 'workerd.capnp'], { cwd: folder, env: {}, url });
  },
  { section: SECTION },
);
