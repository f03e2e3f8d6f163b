import { build } from 'vite';
import { expectCheckout } from './expectations.js';
import { createProject, program, type Project } from './project.js';
import { startRuntime } from './runtime.js';

/** Runs a program in a project until it is stopped, and then removes the project. */
async function run(project: Project, command: string, args: string[], env: Record<string, string>, url: string) {
  const { output, stop } = await startRuntime(command, args, { cwd: project.folder, env, url });
  return { output, stop: () => stop().finally(project.remove) };
}

expectCheckout('Bun', (code, { port, url, env }) => {
  const project = createProject();
  project.write('server.js', code);
  // As `bun server.js` does it, but on this machine's own address alone.
  project.write(
    'start.js',
    `import server from './server.js'; Bun.serve({ ...server, port: ${port}, hostname: '127.0.0.1' });`,
  );
  return run(project, program('bun'), ['start.js'], env, url);
});

expectCheckout('Deno', (code, { port, url, env }) => {
  const project = createProject();
  project.write('server.js', code);
  const rights = ['--no-prompt', '--allow-env', '--allow-net=127.0.0.1'];
  const args = ['serve', ...rights, '--host=127.0.0.1', `--port=${port}`, 'server.js'];
  return run(project, program('deno'), args, env, url);
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
    build: { ssr: 'server.js' },
  });
  project.write('workerd.capnp', worker(port, env));
  return run(project, program('workerd'), ['serve', 'workerd.capnp'], {}, url);
});
