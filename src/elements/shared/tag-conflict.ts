import { VERSION } from '../../version.js';

/**
 * Logs the first of these tags that is registered with another class. A page cannot replace a registered element, so the first
 * script keeps the tag. Another version of this package is logged as a warning, an unrelated element as an error.
 */
export function warnIfTagTaken(...tags: string[]): void {
  for (const tag of tags) {
    const { version } = customElements.get(tag) as { version?: string };
    if (version === VERSION) continue;
    (version ? console.warn : console.error)(
      `<${tag}> is ${version ? `version ${version}` : 'another element'} here: version ${VERSION} loaded later`,
    );
    return;
  }
}
