import type { CheckoutButton, EligibilityBadge } from 'hsa-checkout-button';
import { showCode } from './code.js';
import { Log } from './log.js';
import { contrast } from './look.js';
import { simulateNetwork } from './network.js';
import { readSettings, wordsOf, type RANGES, type Settings } from './settings.js';
import { SNIPPETS, type ScriptFile, type SnippetName } from './snippets/index.js';
import { applySettings, applyToBadge, showCart } from './stage.js';

/** The contrast that text needs (WCAG 1.4.3). */
const ENOUGH = 4.5;

const find = <Found extends Element>(selector: string) => document.querySelector<Found>(selector)!;
const button = find<CheckoutButton>('hsa-checkout-button');
const form = find<HTMLFormElement>('#controls');
const snippets = find<HTMLFormElement>('#snippets');
const outcome = find('.outcome');
const log = new Log(find('.log'));
const script: ScriptFile = {
  version: (customElements.get('hsa-checkout-button') as typeof CheckoutButton).version,
};

let settings = restore();
simulateNetwork(
  () => settings,
  ({ method, path, outcome: what, ...fields }) => {
    log.add(`${method} ${path} → ${what}`, definedOf(fields), 'request');
  },
);
log.listen(find('.stage'));
show();
void readIntegrity();

form.addEventListener('input', change);
// The fields change after the `reset` event, so they are read later.
form.addEventListener('reset', () => setTimeout(change));
form.addEventListener('submit', (event) => event.preventDefault());
snippets.addEventListener('change', showSnippet);
find('#clear').addEventListener('click', () => log.clear());

button.addEventListener('hsa-checkout-session', (event) => {
  event.preventDefault();
  outcome.textContent = `Here the shopper leaves for ${event.checkoutUrl}`;
});
button.addEventListener('hsa-checkout-start', () => (outcome.textContent = ''));

/** Reads the settings from the page's address, which a visitor may have shared. */
function restore(): Settings {
  const saved = new URLSearchParams(location.hash.slice(1));
  if (saved.has('theme')) {
    const { quantities, hasColours, ...rest } = readSettings(saved);
    for (const [name, value] of Object.entries({ ...rest, ...quantities }))
      (form.elements.namedItem(name) as HTMLInputElement | RadioNodeList).value = String(value);
    (form.elements.namedItem('hasColours') as HTMLInputElement).checked = hasColours;
  }
  return readSettings(new FormData(form));
}

function change(): void {
  const { network } = settings;
  settings = readSettings(new FormData(form));
  outcome.textContent = '';
  show();
  if (network !== settings.network && [network, settings.network].includes('offline'))
    dispatchEvent(new Event(navigator.onLine ? 'online' : 'offline'));
  const address = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  history.replaceState(null, '', `#${address}`);
}

function show(): void {
  const { page, hasColours, background, text } = settings;
  find('.stage').className = `stage ${page}`;
  applySettings(button, settings);
  applyToBadge(find<EligibilityBadge>('hsa-eligibility-badge'), settings);
  showCart(find('.sheet'), settings);
  for (const place of document.querySelectorAll<HTMLOutputElement>('output[data-of]'))
    place.value = wordsOf(settings, place.dataset.of as keyof typeof RANGES);
  find<HTMLFieldSetElement>('#colours').hidden = !hasColours;
  const ratio = contrast(background, text);
  find('#contrast').textContent = `Contrast ${ratio.toFixed(1)} to 1: ${
    ratio >= ENOUGH ? 'easy to read' : `too little, at least ${ENOUGH} is needed`
  }`;
  showSnippet();
}

function showSnippet(): void {
  const name = new FormData(snippets).get('snippet') as SnippetName;
  if (name in SNIPPETS) showCode(find('#files'), name, { settings, script, status: find('#copied') });
}

/** The hash of the file that this page runs, for the snippet. */
async function readIntegrity(): Promise<void> {
  const response = await fetch('cdn/integrity.json');
  script.integrity = ((await response.json()) as Record<string, string>)['hsa-checkout.js'];
  showSnippet();
}

function definedOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
