import { html, nothing } from 'lit';
import { warmUp, type Checkout } from '../../client/index.js';
import type { Strings } from '../locales/en.js';
import type { Messages } from '../message/message.js';
import { icon } from '../shared/icon.js';
import { isServer } from '../shared/is-server.js';
import { formatMoney } from '../shared/strings.js';

/** What the content of a button depends on, besides its checkout. */
interface ButtonView {
  texts: Strings;
  /** Language tag for amounts. */
  language: string;
  isRegular: boolean;
  isDisabled: boolean;
  target: string | undefined;
  badge: unknown;
  press: () => void;
}

/** Renders the button, the badge, the messages, and the link to a payment page that the browser did not open. */
export function buttonContent(
  { texts, language, isRegular, isDisabled, target, badge, press }: ButtonView,
  { state, error, isQuiet, link, priceIncrease, isBusy, isSlow, isTest }: Checkout,
  messages: Messages | undefined,
): unknown {
  const creating = isTest ? texts.test : texts.creating;
  const busy = isBusy && (isSlow ? texts.waiting : creating);
  const label = priceIncrease
    ? texts.continueWith.replace('{to}', () => formatMoney(priceIncrease.toCents, language))
    : isRegular
      ? texts.continue
      : texts.pay;
  // All labels are rendered in one place, and only one is visible, so that the button has the same size in every state.
  const busyFace = (text: string) =>
    html`<span class="face" ?data-on=${text === busy}
      >${text === busy ? icon(state) : ''}<span part="label">${text}</span></span
    >`;
  // No `type` attribute: a button in a shadow root does not submit a form outside it.
  const control = html`<button
    part="button"
    ?disabled=${isDisabled}
    ?data-regular=${isRegular}
    aria-disabled=${isBusy || state === 'unavailable' || nothing}
    aria-busy=${isBusy || nothing}
    aria-describedby=${error ? 'message' : badge ? 'badge' : nothing}
    @pointerenter=${warmUp}
    @focus=${warmUp}
    @click=${press}
  >
    <span class="face" ?data-on=${!busy}
      ><slot name="icon">${isRegular ? '' : icon('')}</slot
      ><span part="label"><slot name="label">${messages?.label ?? label}</slot></span></span
    >${[creating, texts.waiting].map(busyFace)}
  </button>`;
  const alert =
    error &&
    html`<div part="message" id="message" ?hidden=${isQuiet}>
      ${messages?.alert ?? texts[error.code as 'error'] ?? texts.error}
    </div>`;
  // In server-rendered markup the button is the default content of a slot. The children of the element replace it there, so
  // that they, such as a link, work until the script runs.
  return html`${isServer ? html`<slot>${control}</slot>` : control}
    <div role="status">${busy ? html`<span>${busy}</span>` : messages?.notice}</div>
    <div role="alert">${alert}</div>
    ${link && html`<a part="link" href=${link} target="_${target || 'self'}">${texts.continue}</a>`} ${badge}`;
}
