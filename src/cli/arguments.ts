import { parseArgs } from 'node:util';

/** The command to run, with its arguments. */
export type Command =
  | { command: 'help' | 'version' }
  | { command: 'copy'; folder: string; isExtension: boolean }
  | { command: 'doctor'; endpoint: string; origin?: string; mode?: 'test' | 'live'; secretName?: string };

/** Thrown when the command line is wrong. The message says what is allowed. It never repeats a value, which may be a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: hsa-checkout-button copy <folder> [--shopify]
       hsa-checkout-button doctor <endpoint> [options]

copy: copies the script-tag files into a folder of your site, and prints the tags to paste.

  <folder>                     the folder that your server sends files from, such as public
  --shopify                    copies the Shopify theme app extension instead,
                               to a folder such as extensions/hsa-fsa

doctor: checks a mounted endpoint and prints what is right and what is wrong.
It opens no checkout.

  <endpoint>                   its address, such as https://shop.example/api/hsa-checkout
  --origin <origin>            the origin of the shop's pages, such as https://shop.example
  --mode test|live             fails when the endpoint uses a key of the other mode
  --webhook-secret-env <name>  the environment variable that holds the webhook's secret,
                               default HSA_WEBHOOK_SECRET

Exit code: 0 when nothing is wrong, 1 when something is wrong, 2 for wrong usage.
`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  shopify: { type: 'boolean' },
  origin: { type: 'string' },
  mode: { type: 'string' },
  'webhook-secret-env': { type: 'string' },
} as const;

type OptionName = keyof typeof OPTIONS;

/** Splits the arguments into the command's words and its options, with `parseArgs` of Node. */
function splitArguments(args: readonly string[]) {
  // Not strict: Node's own errors repeat an unknown option, which may hold a secret.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = new Map<OptionName, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, value, inlineValue } = token;
    if (!Object.hasOwn(OPTIONS, name))
      throw new UsageError(
        /secret|key/.test(name)
          ? 'secrets are read from the environment only: others can read a command line'
          : 'there is no such option',
      );
    const isFlag = OPTIONS[name as OptionName].type === 'boolean';
    if (isFlag && value !== undefined) throw new UsageError(`--${name} takes no value`);
    // `parseArgs` takes the word after `--name` as its value, even if that is the next option: `--origin --mode test`.
    if (!isFlag && (!value || (!inlineValue && value.startsWith('-'))))
      throw new UsageError(`--${name} needs a value`);
    options.set(name as OptionName, value ?? '');
  }
  return { positionals, options };
}

function webUrl(text: string, argument: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new UsageError(`${argument} must be a whole address, such as https://shop.example`);
  return url;
}

function readEndpointCommand(
  addresses: readonly string[],
  options: ReadonlyMap<OptionName, string>,
): Command {
  const [address, ...more] = addresses;
  if (address === undefined || more.length || options.has('shopify'))
    throw new UsageError('doctor takes one endpoint');
  const { origin: endpointOrigin, pathname } = webUrl(address, 'the endpoint');
  const origin = options.get('origin');
  const mode = options.get('mode');
  const secretName = options.get('webhook-secret-env');
  if (mode !== undefined && mode !== 'test' && mode !== 'live')
    throw new UsageError('--mode is test or live');
  if (secretName !== undefined && !/^[A-Za-z_]\w*$/.test(secretName))
    throw new UsageError('--webhook-secret-env takes the name of an environment variable');
  return {
    command: 'doctor',
    endpoint: endpointOrigin + pathname,
    ...(origin !== undefined && { origin: webUrl(origin, '--origin').origin }),
    ...(mode !== undefined && { mode }),
    ...(secretName !== undefined && { secretName }),
  };
}

/** Reads the command line, without the program's own name. @throws {UsageError} when it is wrong. */
export function readArguments(args: readonly string[]): Command {
  if (args.includes('--help') || args.includes('-h')) return { command: 'help' };
  const { positionals, options } = splitArguments(args);
  const [command, ...rest] = positionals;
  if (command === undefined && options.has('version')) return { command: 'version' };
  if (command === 'doctor') return readEndpointCommand(rest, options);
  if (command !== 'copy') throw new UsageError('the commands are copy and doctor');
  const [folder, ...more] = rest;
  const isExtension = options.delete('shopify');
  if (!folder || more.length || options.size)
    throw new UsageError('copy takes one folder, and --shopify as its only option');
  return { command: 'copy', folder, isExtension };
}
