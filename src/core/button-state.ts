/** What a checkout button is doing. `unavailable`: its cart or its configuration does not allow a checkout. */
export type ButtonState = 'idle' | 'creating' | 'redirecting' | 'error' | 'unavailable';

/** What can happen to a checkout button. */
export type ButtonEvent =
  /** Someone, or a script, starts a checkout. */
  | 'press'
  /** There is a session, and the page is being left. */
  | 'session'
  /** It went wrong, and may go better the next time. */
  | 'fail'
  /** It cannot start with this cart or this configuration. */
  | 'block'
  /** Whatever was going on is over: cancelled, back from the payment page, or a cart that can be bought. */
  | 'reset';

const TRANSITIONS: Record<ButtonState, Partial<Record<ButtonEvent, ButtonState>>> = {
  idle: { press: 'creating', block: 'unavailable' },
  creating: { session: 'redirecting', fail: 'error', block: 'unavailable', reset: 'idle' },
  redirecting: { fail: 'error', reset: 'idle' },
  error: { press: 'creating', block: 'unavailable', reset: 'idle' },
  unavailable: { press: 'creating', reset: 'idle' },
};

/** The one transition function. A signal that means nothing in a state leaves it as it is: a press while busy is ignored. */
export function nextState(state: ButtonState, signal: ButtonEvent): ButtonState {
  return TRANSITIONS[state][signal] ?? state;
}
