import type { Settings } from './settings.js';
import { SNIPPETS, type ScriptFile, type SnippetFile, type SnippetName } from './snippets/index.js';

/** Shows the files of one snippet, each with a button that copies it. */
export function showCode(
  place: Element,
  name: SnippetName,
  { settings, script, status }: { settings: Settings; script: ScriptFile; status: Element },
): void {
  place.replaceChildren(...SNIPPETS[name](settings, script).map((file) => figure(file, status)));
}

function figure({ name, code, note }: SnippetFile, status: Element): Element {
  const whole = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const title = document.createElement('span');
  title.textContent = name;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'button quiet';
  copy.textContent = 'Copy';
  copy.setAttribute('aria-label', `Copy ${name}`);
  caption.append(title, copy);
  if (note)
    caption.append(Object.assign(document.createElement('p'), { className: 'small', textContent: note }));
  const text = document.createElement('pre');
  // Makes the code focusable, so that the keyboard can scroll it.
  text.tabIndex = 0;
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', name);
  const inner = document.createElement('code');
  inner.textContent = code;
  text.append(inner);
  whole.append(caption, text);
  copy.addEventListener('click', () => {
    void copyText(code, inner).then((result) => (status.textContent = copy.textContent = result));
  });
  return whole;
}

/** Copies a text. If the browser refuses, it selects the text, so that the merchant can copy it. */
async function copyText(text: string, shown: Element): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    getSelection()?.selectAllChildren(shown);
    return 'Selected';
  }
}
