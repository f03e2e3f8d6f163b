import { spawnSync } from 'node:child_process';
import { expectCheckout, type Start } from './expectations.js';
import { createShop } from './merchant.js';
import { program } from './project.js';
import { startRuntime } from './runtime.js';

const PACKAGES = [
  ...['@nestjs/core', '@nestjs/common', '@nestjs/platform-express', 'rxjs', 'reflect-metadata'],
  ...['@hono/node-server', '@types/node'],
];
/** The longest time for the compiler on a busy machine, in milliseconds. */
const BUILD_MS = 120_000;
/** The settings of `nest new` for CommonJS that change the compiled code. */
const COMPILER = {
  module: 'nodenext',
  moduleResolution: 'nodenext',
  esModuleInterop: true,
  isolatedModules: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  target: 'ES2023',
  types: ['node'],
  outDir: './dist',
  rootDir: './src',
  skipLibCheck: true,
  strict: true,
};
/** The root module that `nest new` writes, without a controller. */
const MODULE = `import { Module } from '@nestjs/common';
@Module({ imports: [], controllers: [], providers: [] })
export class AppModule {}
`;
/** A module whose middleware is the handler: it runs after Nest's body parsers. */
const MODULE_WITH_MIDDLEWARE = `import { Module, type MiddlewareConsumer } from '@nestjs/common';
import { getRequestListener } from '@hono/node-server';
import { checkout } from './checkout.js';
@Module({ imports: [], controllers: [], providers: [] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(getRequestListener(checkout)).forRoutes('api/hsa-checkout', 'api/hsa-checkout/*path');
  }
}
`;

/** Compiles the project as `nest build` does, and starts the result. */
const startWith =
  (module: string): Start =>
  async (files, { section, port, url, env }) => {
    const { folder, write } = createShop(section, files, { port, packages: PACKAGES });
    write('src/app.module.ts', module);
    write('package.json', '{ "name": "shop", "version": "1.0.0", "private": true }\n');
    write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER, include: ['src'] }));
    const { status, stdout } = spawnSync(program('tsc'), ['-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: BUILD_MS,
    });
    if (status !== 0) throw new Error(`tsc failed\n${stdout}`);
    return startRuntime(process.execPath, ['dist/main.js'], {
      cwd: folder,
      env: { ...env, PORT: String(port) },
      url,
    });
  };

expectCheckout('Nest', startWith(MODULE));

expectCheckout(
  'Nest after its body parsers, with rawBody',
  (files, setting) => {
    const kept = files.map(({ path, code }) => ({
      path,
      code: code
        .replace('create(AppModule)', 'create(AppModule, { rawBody: true })')
        .replace("  app.use('/api/hsa-checkout', getRequestListener(checkout));\n", ''),
    }));
    return startWith(MODULE_WITH_MIDDLEWARE)(kept, setting);
  },
  { section: 'Nest', parserFirst: true },
);
