import { button, shared } from '../../../src/elements/shared/styles.js';
import { en } from '../../../src/elements/locales/en.js';

/*
 * A hand-written custom element with the button's shadow DOM and style sheets. It reads no attribute, checks no cart, and ignores
 * presses.
 */

const MARK = `<svg part="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"
  ><rect x="2" y="4" width="20" height="16" rx="3" /><path d="M12 8v8M8 12h8" /></svg>`;
const template = document.createElement('template');
template.innerHTML = `<div><button part="button" type="button" aria-describedby="badge"
    ><slot name="icon">${MARK}</slot> <span part="label"><slot name="label">${en.pay}</slot></span></button>
  <div part="badge" id="badge">${MARK} ${en.allEligible}</div><div role="status"></div><div role="alert"></div></div>`;
const sheets = [shared, button] as unknown as CSSStyleSheet[];

class HandWrittenButton extends HTMLElement {
  connectedCallback(): void {
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = sheets;
    root.append(template.content.cloneNode(true));
    root.querySelector('button')!.addEventListener('click', () => {});
  }
}
customElements.define('hand-written-button', HandWrittenButton);
