import { build } from 'vite';
import { expectCheckout } from './expectations.js';
import { createProject, program } from './project.js';
import { startRuntime } from './runtime.js';

expectCheckout('Bun', (code, { port, url, env }) => {
  const project = createProject();
  project.write('server.js', code);
  // As `bun server.js` does it, but on this machine's own address alone.
  project.write(
    'start.js',
    `import server from './server.js'; Bun.serve({ ...server, port: ${port}, hostname: '127.0.0.1' });`,
  );
  return startRuntime(program('bun'), ['start.js'], { cwd: project.folder, env, url });
});

expectCheckout('Deno', (code, { port, url, env }) => {
  const project = createProject();
  project.write('server.js', code);
  const rights = ['--no-prompt', '--allow-env', '--allow-net=127.0.0.1'];
  const args = ['serve', ...rights, '--host=127.0.0.1', `--port=${port}`, 'server.js'];
  return startRuntime(program('deno'), args, { cwd: project.folder, env, url });
});

/** What `wrangler` makes for workerd: one module, the environment as bindings. Outgoing requests may reach this machine. */
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

expectCheckout('Cloudflare Workers', async (code, { port, url, env }) => {
  const project = createProject();
  project.write('server.js', code);
  await build({
    root: project.folder,
    configFile: false,
    logLevel: 'warn',
    // As wrangler resolves: were the package's stub for browsers to come first, nothing here would work.
    ssr: { target: 'webworker', noExternal: true, resolve: { conditions: ['workerd', 'worker', 'browser'] } },
    environments: { ssr: { keepProcessEnv: true } },
    build: { ssr: 'server.js' },
  });
  project.write('workerd.capnp', worker(port, env));
  return startRuntime(program('workerd'), ['serve', 'workerd.capnp'], { cwd: project.folder, env: {}, url });
});
