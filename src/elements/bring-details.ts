import { css, html, LitElement, nothing } from 'lit';
import type { Details } from '../client/index.js';
import type { DetailsHost } from './details.js';
import { loadLate } from './late.js';

/** Makes the dialog for missing details. Nothing where it does not load: the error that it would have mended is told instead. */
export async function bringDetails(host: DetailsHost): Promise<Details | undefined> {
  try {
    const { createDetails } = await loadLate('details');
    return createDetails({ css, html, LitElement, nothing }, host);
  } catch {
    return undefined;
  }
}
