import { VERSION } from '../../version.js';

/**
 * Tells the console of the first of these tags that is not this version's: the one that came first keeps a tag for the
 * page's life. A warning for another version of this package, an error for somebody else's element.
 */
export function warnIfTagTaken(...tags: string[]): void {
  for (const tag of tags) {
    const { version } = customElements.get(tag) as { version?: string };
    if (version === VERSION) continue;
    (version ? console.warn : console.error)(
      `<${tag}> stays ${version ? `version ${version}` : 'another element'} here: version ${VERSION} came later`,
    );
    return;
  }
}
