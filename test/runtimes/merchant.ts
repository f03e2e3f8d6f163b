import { blocksOf } from '../support/documents.js';
import { guideRow, type GuideFile } from './guide.js';
import { createProject, type Project } from './project.js';

/** The port in the guide's files. */
const GUIDE_PORT = '3000';

function replace(text: string, part: string, by: string): string {
  const pieces = text.split(part);
  if (pieces.length !== 2) throw new Error(`"${part}" is there ${pieces.length - 1} times in ${text}`);
  return pieces.join(by);
}

/** Adds lines to the options of the README's handler. */
const withOptions = (code: string, options: string) => replace(code, '\n});', `\n${options}\n});`);

/**
 * The merchant's file with the handler: the README's handler and the guide's example of prices, unchanged, with additions for the
 * tests: a catalogue, a provider on this machine, webhooks, and a second origin.
 */
export function checkoutCode(): string {
  const [handler] = blocksOf('README.md', 'ts');
  const prices = blocksOf('docs/backend.md', 'ts').find(({ code }) =>
    code.includes('export function priceFromYourCatalogue'),
  );
  const onThisMachine = replace(
    handler!.code,
    "environment: 'test' }",
    "environment: 'test', baseUrl: `${process.env.PROVIDER_URL}/v2`, checkoutHosts: [new URL(process.env.PROVIDER_URL!).host] }",
  );
  const options = `  webhookUrl: \`\${process.env.SHOP_URL}/api/hsa-checkout/webhook\`,
  webhookSecret: process.env.WEBHOOK_SECRET!,
  onOrderCreated: () => {},
  origins: ['https://partner.example'],`;
  const catalogue =
    "const catalogue = new Map([['monitor', { name: 'Blood pressure monitor', priceCents: 4995 }]]);";
  return [withOptions(onThisMachine, options), catalogue, prices!.code].join('\n');
}

/**
 * Creates a project as in the guide: the handler in the runtime's file of the table, the files of the section, and the packages.
 */
export function createShop(
  runtime: string,
  files: readonly GuideFile[],
  { port, packages = [] }: { port: number; packages?: readonly string[] },
): Project {
  const project = createProject(packages);
  project.write(guideRow(runtime).checkout, checkoutCode());
  for (const { path, code } of files) project.write(path, code.replace(GUIDE_PORT, String(port)));
  return project;
}
