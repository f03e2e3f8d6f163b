/**
 * The state of a checkout button. `confirm`: the price has risen, and the next press accepts it. `unavailable`: the cart or the
 * configuration does not allow a checkout.
 */
export type ButtonState = 'idle' | 'creating' | 'confirm' | 'redirecting' | 'error' | 'unavailable';

/** The events that change the state of a checkout button. */
export type ButtonEvent =
  /** The shopper or a script starts a checkout. */
  | 'press'
  /** The session exists, and the browser leaves the page. */
  | 'session'
  /** The session exists, but it costs more than the page stated. */
  | 'reprice'
  /** The checkout failed, and pressing again may succeed. */
  | 'fail'
  /** The cart or the configuration does not allow a checkout. */
  | 'block'
  /** The checkout is cancelled, the shopper is back from the payment page, or the cart can be bought again. */
  | 'reset';

/**
 * The next state for each state and event. A state ignores the events that it does not list, such as a press during a checkout.
 * `docs/api.md` has the same table.
 */
export const BUTTON_TRANSITIONS: Readonly<
  Record<ButtonState, Readonly<Partial<Record<ButtonEvent, ButtonState>>>>
> = {
  idle: { press: 'creating', block: 'unavailable' },
  creating: {
    session: 'redirecting',
    reprice: 'confirm',
    fail: 'error',
    block: 'unavailable',
    reset: 'idle',
  },
  confirm: { press: 'creating', fail: 'error', block: 'unavailable', reset: 'idle' },
  redirecting: { fail: 'error', reset: 'idle' },
  error: { press: 'creating', block: 'unavailable', reset: 'idle' },
  unavailable: { press: 'creating', reset: 'idle' },
};

/** The state after an event; the same one if the state ignores it. */
export function nextState(state: ButtonState, event: ButtonEvent): ButtonState {
  return BUTTON_TRANSITIONS[state][event] ?? state;
}
