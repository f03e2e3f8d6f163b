import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * Part of npm run verify: the package's types under other versions of TypeScript than the one that builds them. They are
 * installed in a project of their own, because a second compiler beside ours would take its place in node_modules/.bin.
 */

/** The oldest that is supported, and the last before the one that builds the package. */
const VERSIONS = ['5.4.5', '5.9.3'];
const RESOLUTIONS = ['node16', 'nodenext', 'bundler'];
/** Their own declarations do not compile under the oldest version. */
const LEFT_OUT = ['hsa-checkout-button/types/solid', 'hsa-checkout-button/types/svelte'];
const PACKAGES = ['react', '@types/react', 'vue', 'preact'];

type Run = (args: string[], cwd: string) => Promise<void>;

/**
 * Compiles a file that imports every entry point, with `skipLibCheck: false`.
 * @param folder of a project that has the package.
 * @param doors the package's entry points with types.
 */
export async function verifyTypes(
  folder: string,
  doors: readonly string[],
  npm: Run,
  node: Run,
): Promise<void> {
  await npm(['install', ...PACKAGES, '--no-audit', '--no-fund'], folder);
  const imports = doors
    .filter((door) => !LEFT_OUT.includes(door))
    .map((door, i) => `import * as door${i} from '${door}';\nvoid door${i};\n`);
  await writeFile(join(folder, 'doors.ts'), imports.join(''));
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
        JSON.stringify({ compilerOptions, files: ['doors.ts'] }),
      );
      await node([join(folder, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
      console.log(
        `  ✔ TypeScript ${version}, moduleResolution ${moduleResolution}: ${imports.length} entry points`,
      );
    }
  }
}
