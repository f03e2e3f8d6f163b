#!/usr/bin/env node
import { VERSION } from '../version.js';
import { readArguments, USAGE, UsageError } from './arguments.js';
import { examine } from './doctor.js';
import { writeReport } from './report.js';

/** The little of Node that the command needs; the rest of the package knows no Node at all. */
interface NodeProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown; isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number;
}
const { process } = globalThis as unknown as { process: NodeProcess };

/** Does what the command line says. @returns the exit code. */
async function run({ argv, env, stdout }: NodeProcess): Promise<number> {
  const asked = readArguments(argv.slice(2));
  if (asked.command !== 'doctor') {
    stdout.write(asked.command === 'help' ? USAGE : `${VERSION}\n`);
    return 0;
  }
  const { endpoint, origin, mode, secretName: webhookSecretName = 'HSA_WEBHOOK_SECRET' } = asked;
  const webhookSecret = env[webhookSecretName];
  if (asked.secretName && !webhookSecret)
    throw new UsageError('--webhook-secret-env names a variable that the environment does not have');
  const page = { endpoint, ...(origin && { origin }) };
  const findings = await examine({
    ...page,
    webhookSecretName,
    ...(mode && { mode }),
    ...(webhookSecret && { webhookSecret }),
  });
  stdout.write(writeReport(findings, page, !!stdout.isTTY && !env['NO_COLOR']));
  return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
}

try {
  process.exitCode = await run(process);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`hsa-checkout-button: ${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
