#!/usr/bin/env node
import process from 'node:process';
import { VERSION } from '../version.js';
import { readArguments, USAGE, UsageError } from './arguments.js';
import { copyExtension, CopyError, copyFiles } from './copy.js';
import { runChecks } from './run-checks.js';
import { writeReport } from './report.js';

/** Does what the command line says. @returns the exit code. */
async function run({ argv, env, stdout }: typeof process): Promise<number> {
  const asked = readArguments(argv.slice(2));
  if (asked.command === 'copy') {
    stdout.write(await (asked.isExtension ? copyExtension : copyFiles)(asked.folder));
    return 0;
  }
  if (asked.command !== 'doctor') {
    stdout.write(asked.command === 'help' ? USAGE : `${VERSION}\n`);
    return 0;
  }
  const { endpoint, origin, mode, secretName: webhookSecretName = 'HSA_WEBHOOK_SECRET' } = asked;
  const webhookSecret = env[webhookSecretName];
  if (asked.secretName && !webhookSecret)
    throw new UsageError('--webhook-secret-env names a variable that the environment does not have');
  const page = { endpoint, ...(origin && { origin }) };
  const results = await runChecks({
    ...page,
    webhookSecretName,
    ...(mode && { mode }),
    ...(webhookSecret && { webhookSecret }),
  });
  stdout.write(writeReport(results, page, !!stdout.isTTY && !env['NO_COLOR']));
  return results.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
}

try {
  process.exitCode = await run(process);
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (!isUsage && !(error instanceof CopyError)) throw error;
  process.stderr.write(`hsa-checkout-button: ${error.message}\n${isUsage ? `\n${USAGE}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
