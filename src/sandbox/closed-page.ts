import { html, type Markup } from './markup.js';
import { layout } from './page-layout.js';
import type { Session } from './sessions.js';

const CLOSED = {
  paid: {
    title: 'This order is already paid',
    text: 'It was paid once and will not be charged again.',
    way: 'Continue to the shop',
  },
  expired: {
    title: 'This checkout has expired',
    text: 'Nothing was charged. Start again from the shop.',
    way: 'Back to the shop',
  },
  cancelled: {
    title: 'This checkout was cancelled',
    text: 'Nothing was charged. Start again from the shop.',
    way: 'Back to the shop',
  },
};

const textsFor = ({ status, reason }: Session) => CLOSED[reason ?? (status === 'paid' ? 'paid' : 'expired')];

/** The sentence that says why a closed session cannot be paid or cancelled. */
export function closedTitle(session: Session): string {
  return textsFor(session).title;
}

/** The page of a closed session, with a link to the shop. */
export function closedPage(session: Session, payPath: string): Markup {
  const { status, request } = session;
  const { title, text, way } = textsFor(session);
  const href = status === 'paid' ? request.success_url : request.failure_url;
  return layout(
    payPath,
    title,
    html`<div class="closed">
      <h1>${title}</h1>
      <p>${text}</p>
      <a class="pay" href="${href}">${way}</a>
    </div>`,
  );
}

/** The page for an id that no session has. */
export function missingPage(payPath: string): Markup {
  const title = 'There is no such checkout';
  return layout(
    payPath,
    title,
    html`<div class="closed">
      <h1>${title}</h1>
      <p>Go back to the shop and start again.</p>
    </div>`,
  );
}
