/** What the command was asked to do. */
export type Command =
  | { command: 'help' | 'version' }
  | { command: 'copy'; folder: string; isExtension: boolean }
  | { command: 'doctor'; endpoint: string; origin?: string; mode?: 'test' | 'live'; secretName?: string };

/** Says how the command is used, because it was used otherwise. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: hsa-checkout-button copy <folder> [--shopify]
       hsa-checkout-button doctor <endpoint> [options]

copy: puts the script-tag files into a folder of your site, and prints the tags to paste.

  <folder>                     what your server sends files from, such as public
  --shopify                    copies the Shopify theme app extension instead,
                               to a folder such as extensions/hsa-fsa

doctor: tells what is right and wrong with a mounted endpoint. It opens no checkout.

  <endpoint>                   its address, such as https://shop.example/api/hsa-checkout
  --origin <origin>            the origin of the shop's pages, such as https://shop.example
  --mode test|live             the world that the endpoint must be in
  --webhook-secret-env <name>  the environment variable with the webhook's secret,
                               default HSA_WEBHOOK_SECRET

Exit code: 0 when all is well, 1 when something is wrong, 2 for wrong usage.
`;

const OPTIONS = ['--origin', '--mode', '--webhook-secret-env'];

function webUrl(text: string, what: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Said below.
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new UsageError(`${what} must be a whole address, such as https://shop.example`);
  return url;
}

/** Splits `--name value` and `--name=value` from the rest. What is not known is not repeated: it may be a secret. */
function splitArguments(argv: readonly string[]): { words: string[]; options: Map<string, string> } {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const text = argv[i]!;
    if (!text.startsWith('-')) {
      words.push(text);
      continue;
    }
    const [, name = text, inline] = /^(--[\w-]+)=(.*)$/.exec(text) ?? [];
    if (/secret|key/.test(name) && !OPTIONS.includes(name))
      throw new UsageError('secrets are read from the environment only: others can read a command line');
    if (!OPTIONS.includes(name)) throw new UsageError('there is no such option');
    const value = inline ?? argv[++i];
    if (!value || value.startsWith('-')) throw new UsageError(`${name} needs a value`);
    options.set(name, value);
  }
  return { words, options };
}

function readCopy(argv: readonly string[]): Command {
  const [folder, ...more] = argv.filter((text) => text !== '--shopify');
  if (!folder || folder.startsWith('-') || more.length) throw new UsageError('copy takes one folder');
  return { command: 'copy', folder, isExtension: argv.includes('--shopify') };
}

/** Reads the command line. @throws {UsageError} when it cannot be right. */
export function readArguments(argv: readonly string[]): Command {
  if (argv.some((text) => text === '--help' || text === '-h')) return { command: 'help' };
  if (argv[0] === '--version') return { command: 'version' };
  if (argv[0] === 'copy') return readCopy(argv.slice(1));
  const { words, options } = splitArguments(argv);
  const [command, address, ...more] = words;
  if (command !== 'doctor') throw new UsageError('the commands are copy and doctor');
  if (address === undefined || more.length) throw new UsageError('doctor takes one endpoint');
  const url = webUrl(address, 'the endpoint');
  const given = options.get('--origin');
  const mode = options.get('--mode');
  const secretName = options.get('--webhook-secret-env');
  if (mode !== undefined && mode !== 'test' && mode !== 'live')
    throw new UsageError('--mode is test or live');
  if (secretName !== undefined && !/^[A-Za-z_]\w*$/.test(secretName))
    throw new UsageError('--webhook-secret-env takes the name of an environment variable');
  return {
    command: 'doctor',
    endpoint: url.origin + url.pathname,
    ...(given !== undefined && { origin: webUrl(given, '--origin').origin }),
    ...(mode !== undefined && { mode }),
    ...(secretName !== undefined && { secretName }),
  };
}
