import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A program that the tests start. */
export interface Program {
  name: string;
  /** The environment variable with the program's path, if it is not in a usual place. */
  env: string;
  /** Returns the usual places, of which the first that exists is used. Called again after an installation. */
  places(): readonly string[];
  debianPackage: string;
  /** Another way to get the program, as the end of a sentence. */
  otherwise?: string;
}

function find({ env, places }: Program): string | undefined {
  const override = process.env[env];
  if (!override) return places().find((place) => existsSync(place));
  if (existsSync(override)) return override;
  throw new Error(`${env} names ${override}, which does not exist`);
}

/** The path of a program. @throws if it is missing. */
export function pathOf(program: Program): string {
  const path = find(program);
  if (!path) throw new Error(`${program.name} is missing: name it with ${program.env}`);
  return path;
}

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** The instruction for missing programs: a command on Debian, a sentence elsewhere. */
function advice(missing: readonly Program[], packages: readonly string[]): string {
  const names = missing.map(({ name }) => name).join(', ');
  if (isDebian())
    return `These programs are missing: ${names}. Install them, then run the tests again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}\n`;
  const variables = missing.map(({ name, env }) => `${env} (${name})`).join(', ');
  const others = [...new Set(missing.flatMap(({ otherwise }) => (otherwise ? `, or ${otherwise}` : [])))];
  return `These programs are missing: ${names}. Install them and name their paths in ${variables}${others.join('')}.`;
}

/**
 * Checks that programs exist. On Debian as root it installs missing ones. Elsewhere it throws an error with the instruction.
 */
export function ensurePrograms(programs: readonly Program[]): void {
  const missing = programs.filter((program) => !find(program));
  if (!missing.length) return;
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (!isDebian() || process.getuid?.() !== 0) throw new Error(advice(missing, packages));
  console.log(`Installing ${packages.join(', ')} …`);
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status } = spawnSync('apt-get', ['-q', ...step], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${step.join(' ')} failed\n${advice(missing, packages)}`);
  }
  const still = programs.filter((program) => !find(program));
  if (still.length) throw new Error(advice(still, packages));
}
