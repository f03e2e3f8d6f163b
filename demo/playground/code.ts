import type { Settings } from './settings.js';
import { SNIPPETS, type ScriptFile, type SnippetFile, type SnippetName } from './snippets/index.js';

/** Shows the files of one snippet, each with a button that copies it. */
export function showCode(
  place: Element,
  name: SnippetName,
  { settings, script, said }: { settings: Settings; script: ScriptFile; said: Element },
): void {
  place.replaceChildren(...SNIPPETS[name](settings, script).map((file) => figure(file, said)));
}

function figure({ name, code, note }: SnippetFile, said: Element): Element {
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
  // What scrolls can be reached by the keyboard.
  text.tabIndex = 0;
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', name);
  const inner = document.createElement('code');
  inner.textContent = code;
  text.append(inner);
  whole.append(caption, text);
  copy.addEventListener('click', () => {
    void copyText(code, inner).then((words) => (said.textContent = copy.textContent = words));
  });
  return whole;
}

/** Copies a text; where the browser does not let it, selects it, so that the shopper's own keys can. */
async function copyText(text: string, shown: Element): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    getSelection()?.selectAllChildren(shown);
    return 'Selected';
  }
}
