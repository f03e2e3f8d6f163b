import { findCard, type TestCard } from './cards.js';
import type { SandboxOrder } from './orders.js';
import { closedPage, missingPage } from './closed-page.js';
import type { Markup } from './markup.js';
import { payPage, type PaymentError } from './pay-page.js';
import { readText } from './read-text.js';
import { ApiError } from './api-error.js';
import type { Session, Sessions } from './sessions.js';

/** The state that a payment or a cancellation changes. */
export interface SubmitOptions {
  sessions: Sessions;
  /** Called once when a session is paid, with its order and the session's `metadata.webhook_url`, if it has one. */
  onPaid: (order: SandboxOrder, webhookUrl: string | undefined) => void;
}

/** The options of the payment pages. */
export interface PaymentOptions extends SubmitOptions {
  /** The path of the payment pages, without a slash at the end. */
  payPath: string;
}

/** Answers a request to the hosted payment page: shows a session, and accepts a payment or a cancellation. */
export async function answerPayment(
  id: string,
  request: Request,
  options: PaymentOptions,
): Promise<Response> {
  const { payPath, sessions } = options;
  if (request.method !== 'GET' && request.method !== 'POST')
    return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
  let form: URLSearchParams;
  try {
    form = new URLSearchParams(request.method === 'POST' ? await readText(request) : '');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return new Response(error.message, { status: error.status });
  }
  // No `await` from here on, so that of two payments at the same time the second finds the session paid.
  const session = sessions.find(id);
  if (!session) return page(missingPage(payPath), 404);
  if (session.status !== 'open')
    return page(closedPage(session, payPath), request.method === 'GET' ? 200 : 409, session);
  if (request.method === 'GET') return page(payPage(session, payPath), 200, session);
  const { redirectUrl, errors } = submitForm(session, form, options);
  return redirectUrl ? seeOther(redirectUrl) : page(payPage(session, payPath, errors), 422, session);
}

/**
 * Pays or cancels an open session, as the payment page's form says. Returns the URL to redirect to. If a card is refused, it
 * returns the errors, nothing is charged, and the session stays open.
 */
export function submitForm(
  session: Session,
  form: URLSearchParams,
  { sessions, onPaid }: SubmitOptions,
): { redirectUrl?: string; errors: readonly PaymentError[] } {
  const { success_url, failure_url, metadata } = session.request;
  // A header cannot hold characters beyond Latin-1, which the path of a URL may have. `href` encodes them as ASCII.
  if (form.get('action') === 'cancel') {
    sessions.cancel(session);
    return { redirectUrl: new URL(failure_url).href, errors: [] };
  }
  const errors = cardErrors(session, form);
  if (errors.length) return { errors };
  onPaid(sessions.pay(session), metadata?.webhook_url);
  return { redirectUrl: new URL(success_url).href, errors: [] };
}

/** Checks the chosen cards. If any is refused, none is charged. */
function cardErrors({ amounts }: Session, form: URLSearchParams): PaymentError[] {
  const errors: PaymentError[] = [];
  const check = (field: PaymentError['field'], kind: TestCard['kind'], amount: number) => {
    const card = findCard(form.get(field) ?? '');
    if (amount === 0) return;
    if (!card) errors.push({ field, message: 'Choose one of the test cards.' });
    else if (card.kind !== kind) errors.push({ field, message: WRONG_PLACE[card.kind] });
    else if (card.declined) errors.push({ field, message: card.declined });
  };
  check('hsa_card', 'hsa', amounts.hsa_amount);
  check('card', 'credit', amounts.regular_amount);
  return errors;
}

const WRONG_PLACE = {
  hsa: 'An HSA/FSA card cannot pay for this part. Choose another card.',
  credit: 'This is not an HSA/FSA card. Choose one that is.',
};

function seeOther(location: string): Response {
  const headers = { location, 'cache-control': 'no-store' };
  return new Response(null, { status: 303, headers });
}

function page(markup: Markup, status: number, session?: Session): Response {
  // Browsers also apply `form-action` to the redirect after a form is sent, so it lists the shop's origins, too.
  const origins =
    session && [session.request.success_url, session.request.failure_url].map((url) => new URL(url).origin);
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    ["form-action 'self'", ...new Set(origins)].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Response(markup.toString(), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
