import { expect, fixture } from '@open-wc/testing';
import '../../../src/index.js';
import { expectConsole } from '../../support/browser-setup.js';
import { nextEvent, visibleText } from '../support/page.js';

const CART = '{"line_items":[{"product_id":"one","price":4995,"quantity":1,"hsa_fsa_eligible":true}]}';
const ALL = 'Pay with HSA/FSA | All items are HSA/FSA eligible';

/** A button whose JSON child has the form that a CMS or an editor writes. */
async function mountChild(content: string, type = 'application/json'): Promise<string> {
  const parent = await fixture<HTMLElement>('<div></div>');
  const button = document.createElement('hsa-checkout-button');
  button.setAttribute('endpoint', '/api/checkout');
  const script = Object.assign(document.createElement('script'), { textContent: content });
  script.setAttribute('type', type);
  button.append(script);
  const read = Promise.race([nextEvent(button, 'hsa-eligibility'), nextEvent(button, 'hsa-checkout-state')]);
  parent.append(button);
  await read;
  await button.updateComplete;
  return visibleText(button);
}

describe('a cart in a script child', () => {
  for (const [what, content] of [
    ['begins with a byte order mark', `\uFEFF${CART}`],
    ['is wrapped in //<![CDATA[ … //]]>', `\n//<![CDATA[\n${CART}\n//]]>\n`],
    ['is wrapped in <![CDATA[ … ]]>', `<![CDATA[${CART}]]>`],
    ['is wrapped in /*<![CDATA[*/ … /*]]>*/', `/*<![CDATA[*/${CART}/*]]>*/`],
    ['is wrapped in <!-- … -->', `<!-- ${CART} -->`],
    [
      'is wrapped in <!--//--><![CDATA[//><!-- … //--><!]]>',
      `\n<!--//--><![CDATA[//><!--\n${CART}\n//--><!]]>\n`,
    ],
  ] as const)
    it(`is read when it ${what}`, async () => {
      expect(await mountChild(content)).to.equal(ALL);
    });

  for (const type of [
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'APPLICATION/JSON',
  ])
    it(`is read when its type is ${type}`, async () => {
      expect(await mountChild(CART, type)).to.equal(ALL);
    });

  for (const content of [`var cart = ${CART};`, `<!-- ${CART.slice(0, -2)} -->`, `[${CART}]`])
    it(`is rejected when it is ${content.slice(0, 14)}…`, async () => {
      expectConsole(/invalid_cart/);
      expect(await mountChild(content)).not.to.contain('All items');
    });
});
