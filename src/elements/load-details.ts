import type { Details } from '../client/index.js';
import type { DetailsHost } from './details.js';
import { loadLazy } from './lazy.js';

/** Creates the dialog for missing details. Undefined where its file does not load: the caller then reports the original error. */
export async function loadDetails(host: DetailsHost): Promise<Details | undefined> {
  try {
    const { createDetails } = await loadLazy('details');
    return createDetails(host);
  } catch {
    return undefined;
  }
}
