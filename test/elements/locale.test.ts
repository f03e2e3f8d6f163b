import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../src/index.js';
import { Endpoint } from './endpoint.js';
import { mount, shows } from './page.js';

const ENGLISH = '$49.95 of $89.93 may be paid with HSA/FSA.';
/** Spaces of any width are one to a reader. */
const amounts = async (locale: string): Promise<string> => {
  const button = await mount({ locale });
  return shows(button).split(' | ')[1]!.replace(/\s/g, ' ');
};

describe('fault 126: the language of a button', () => {
  let endpoint: Endpoint;
  beforeEach(() => (endpoint = new Endpoint()));
  afterEach(() => endpoint.restore());

  for (const locale of [
    'en',
    'en-US',
    'en_US',
    'EN-us',
    'xx',
    'qq-ZZ',
    '-',
    '!',
    'en--US',
    'a',
    'i-klingon',
    ' ',
  ])
    it(`is English for ${JSON.stringify(locale)}`, async () => {
      expect(await amounts(locale)).to.contain(ENGLISH);
    });

  for (const [locale, words] of [
    ['de', '49,95 $ of 89,93 $'],
    ['de_AT', '$ 49,95 of $ 89,93'],
    ['fr-XX', '49,95 $US of 89,93 $US'],
  ] as const)
    it(`writes amounts as ${locale} does, by its language where the region is unknown`, async () => {
      expect(await amounts(locale)).to.contain(words);
    });

  it('never breaks a button, whatever the page says it is', async () => {
    const button = await mount();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (locale) => {
        button.locale = locale;
        await button.updateComplete;
        expect(shows(button)).to.match(/49.95.* of .*89.93.* may be paid with HSA\/FSA/);
      }),
      { numRuns: 100 },
    );
  });
});
