import { expectCheckout, type Start } from './expectations.js';
import { createProject } from './project.js';
import { startRuntime } from './runtime.js';

/** What listens, in the name that each block of the guide exports. */
const LISTEN = {
  Node: "import { server } from './server.js'; server.listen({ port, host });",
  Express: "import { app } from './server.js'; app.listen(port, host);",
  Fastify: "import { app } from './server.js'; await app.listen({ port, host });",
  Hono: "import { serve } from '@hono/node-server'; import { app } from './server.js'; serve({ fetch: app.fetch, port, hostname: host });",
};
const PACKAGES = ['@hono/node-server', 'hono', 'express', 'fastify'];

for (const [framework, listen] of Object.entries(LISTEN)) {
  const start: Start = (code, { port, url, env }) => {
    const project = createProject(PACKAGES);
    project.write('server.js', code);
    project.write('start.js', `const port = ${port}, host = '127.0.0.1';\n${listen}\n`);
    return startRuntime(process.execPath, ['start.js'], { cwd: project.folder, env, url });
  };
  expectCheckout(framework, start);
}
