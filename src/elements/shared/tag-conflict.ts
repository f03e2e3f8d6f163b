import { VERSION } from '../../version.js';

/**
 * Reports the first of these tags that another class has registered. A page cannot replace a registered element, so the first
 * script keeps the tag. Another version of this package is a warning, an unrelated element is an error.
 */
export function warnIfTagTaken(...tags: string[]): void {
  for (const tag of tags) {
    const { version } = customElements.get(tag) as { version?: string };
    if (version === VERSION) continue;
    (version ? console.warn : console.error)(
      `<${tag}> is ${version ? `version ${version}` : 'another element'} on this page: version ${VERSION} loaded later`,
    );
    return;
  }
}
