import { html, nothing } from 'lit';
import { warmUp, type Session } from '../../client/index.js';
import type { ButtonState, CheckoutError } from '../../core/index.js';
import type { Strings } from '../locales/en.js';
import { icon } from '../shared/icon.js';
import { isServer } from '../shared/is-server.js';
import { errorText, formatAmounts } from '../shared/strings.js';

/** The parts of a checkout that the button shows. */
interface CheckoutProgress {
  state: ButtonState;
  error?: CheckoutError;
  /** URL of a payment page that the browser did not open. */
  link?: string;
  /** A session that costs more than the page showed. */
  priceIncrease?: Session;
  isBusy: boolean;
  isSlow: boolean;
  isTest: boolean;
}

/** The properties of the button that its content depends on. */
interface ButtonView {
  texts: Strings;
  /** Language tag for amounts. */
  language: string;
  isRegular: boolean;
  isDisabled: boolean;
  target?: 'self' | 'top';
}

/** Renders the button, the badge, the message of an error, and the link to a payment page that the browser did not open. */
export function buttonContent(
  { texts, language, isRegular, isDisabled, target }: ButtonView,
  { state, error, link, priceIncrease, isBusy, isSlow, isTest }: CheckoutProgress,
  badge: unknown,
  press: () => void,
): unknown {
  const busy = isBusy && (isSlow ? texts.waiting : texts.creating) + (isTest ? ` (${texts.test})` : '');
  const label =
    error?.code === 'session_closed'
      ? texts.buyAgain
      : isRegular || priceIncrease
        ? texts.continue
        : texts.pay;
  const message = error
    ? errorText(texts, error)
    : priceIncrease &&
      formatAmounts(
        texts.repriced,
        { totalCents: priceIncrease.totalCents ?? priceIncrease.subtotalCents },
        language,
      );
  // No `type` attribute: a button in a shadow root does not submit a form outside it.
  const control = html`<button
    part="button"
    ?disabled=${isDisabled}
    aria-disabled=${isBusy || state === 'unavailable' || nothing}
    aria-busy=${isBusy || nothing}
    aria-describedby=${isRegular ? nothing : 'badge'}
    @pointerenter=${warmUp}
    @focus=${warmUp}
    @click=${press}
  >
    ${busy ? icon(state) : html`<slot name="icon">${isRegular ? '' : icon(state)}</slot>`}
    <span part="label">${busy || html`<slot name="label">${label}</slot>`}</span>
  </button>`;
  // In server-rendered markup the button is the default content of a slot. The children of the element replace it there, so
  // that they, such as a link, work until the script runs.
  return html`${isServer ? html`<slot>${control}</slot>` : control} ${badge}
    <div role="status">${busy || ''}</div>
    <div role="alert">${message && html`<div part="message">${message}</div>`}</div>
    ${link && html`<a part="link" href=${link} target="_${target || 'self'}">${texts.continue}</a>`}`;
}
