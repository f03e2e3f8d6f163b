import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Part of npm run verify: the package's types with other versions of TypeScript than the one that builds them. They are installed
 * in their own projects, because a second compiler would replace the first in node_modules/.bin.
 */

/** The oldest supported version, and the last one before the version that builds the package. */
const VERSIONS = ['5.4.5', '5.9.3'];
const RESOLUTIONS = ['node16', 'nodenext', 'bundler'];
/** Entry points whose framework's declarations do not compile with the oldest version. */
const LEFT_OUT = ['hsa-checkout-button/types/solid', 'hsa-checkout-button/types/svelte'];
const PACKAGES = ['react', '@types/react', 'vue', 'preact'];

type Run = (args: string[], cwd: string) => Promise<void>;

/**
 * Compiles a file that imports every entry point, with `skipLibCheck: false`.
 * @param folder of a project that has the package.
 * @param entryPoints the package's entry points with types.
 */
export async function verifyTypes(
  folder: string,
  entryPoints: readonly string[],
  npm: Run,
  node: Run,
): Promise<void> {
  await npm(['install', ...PACKAGES, '--no-audit', '--no-fund'], folder);
  const imports = entryPoints
    .filter((name) => !LEFT_OUT.includes(name))
    .map((name, i) => `import * as module${i} from '${name}';\nvoid module${i};\n`);
  await writeFile(join(folder, 'entry-points.ts'), imports.join(''));
  for (const version of VERSIONS) {
    await npm(['install', '--save-exact', `typescript@${version}`, '--no-audit', '--no-fund'], folder);
    for (const moduleResolution of RESOLUTIONS) {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
        types: [],
        module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
        moduleResolution,
      };
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['entry-points.ts'] }),
      );
      await node([join(folder, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
      console.log(
        `  ✔ TypeScript ${version}, moduleResolution ${moduleResolution}: ${imports.length} entry points`,
      );
    }
  }
}
