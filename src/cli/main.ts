#!/usr/bin/env node
import process from 'node:process';
import { VERSION } from '../version.js';
import { readArguments, USAGE, UsageError } from './arguments.js';
import { copyExtension, CopyError, copyFiles } from './copy.js';
import { runChecks } from './run-checks.js';
import { writeReport } from './report.js';

/** Runs the command line. @returns the exit code. */
async function run({ argv, env, stdout }: typeof process): Promise<number> {
  const command = readArguments(argv.slice(2));
  if (command.command === 'copy') {
    stdout.write(await (command.isExtension ? copyExtension : copyFiles)(command.folder));
    return 0;
  }
  if (command.command !== 'doctor') {
    stdout.write(command.command === 'help' ? USAGE : `${VERSION}\n`);
    return 0;
  }
  const { endpoint, origin, mode, secretName: webhookSecretName = 'HSA_WEBHOOK_SECRET' } = command;
  const webhookSecret = env[webhookSecretName];
  if (command.secretName && !webhookSecret)
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
