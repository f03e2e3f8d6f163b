import type { DetailsDialog } from '../../client/index.js';
import type { DetailsHost } from '../details/details.js';
import { loadLazy, type AssetsHolder } from '../shared/lazy.js';

/** Creates the dialog for missing details. Undefined where its file does not load: the caller then reports the original error. */
export async function loadDetails(
  host: DetailsHost,
  element: AssetsHolder & Element,
): Promise<DetailsDialog | undefined> {
  try {
    const { createDetails } = await loadLazy('details', element);
    return createDetails(host);
  } catch (error) {
    console.warn(`<${element.localName}> details did not load: ${String(error)}`);
    return undefined;
  }
}
