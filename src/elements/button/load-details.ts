import type { LitElement } from 'lit';
import type { DetailsDialog } from '../../client/index.js';
import type { DetailsHost } from '../details/details.js';
import { loadTranslation } from '../shared/language.js';
import { loadLazy, type AssetsHolder } from '../shared/lazy.js';

/**
 * Creates the details dialog of a button, or returns the existing one. Undefined when its file does not load: the caller then
 * reports the error for which it needed the dialog.
 */
export async function loadDetails(
  button: LitElement & AssetsHolder,
  language: string,
  host: DetailsHost,
  existing?: DetailsDialog,
): Promise<DetailsDialog | undefined> {
  if (existing) {
    // A button that was hidden and is shown again has a new root element, which does not contain the dialog.
    const dialog = existing as DetailsDialog & Node;
    if (!host.root.contains(dialog)) host.root.append(dialog);
    return existing;
  }
  await loadTranslation(button, language);
  try {
    const { createDetails } = await loadLazy('details', button);
    return createDetails(host);
  } catch (error) {
    console.warn(`<${button.localName}> details did not load: ${String(error)}`);
    return undefined;
  }
}
