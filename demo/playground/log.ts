/** The most entries that the log shows. The oldest are removed. */
const MAX_ENTRIES = 60;

/** The events of the button, and the fields to show. */
const EVENTS = {
  'hsa-checkout-start': ['cart'],
  'hsa-checkout-session': ['checkoutId', 'checkoutUrl', 'checkoutType', 'expiresAt', 'repriced', 'test'],
  'hsa-checkout-error': [
    'code',
    'message',
    'retryable',
    'retryAfterMs',
    'fields',
    'status',
    'requestId',
    'reason',
  ],
  'hsa-checkout-state': ['state'],
  'hsa-eligibility': ['eligibility', 'eligibleCents', 'totalCents'],
} as const;

/** The button's events and requests, the newest first. */
export class Log {
  readonly #list: Element;

  constructor(list: Element) {
    this.#list = list;
  }

  /** Logs the button's events, which bubble through `root`. */
  listen(root: Element): void {
    for (const [type, fields] of Object.entries(EVENTS))
      root.addEventListener(type, (event) => {
        const entries = fields.map((name): [string, unknown] => [name, (event as never)[name]]);
        this.add(type, Object.fromEntries(entries.filter(([, value]) => value !== undefined)), 'event');
      });
  }

  add(title: string, fields: Record<string, unknown>, kind: 'event' | 'request'): void {
    const entry = document.createElement('li');
    entry.className = kind;
    const heading = document.createElement('p');
    const name = document.createElement('strong');
    name.textContent = title;
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString('en-GB');
    heading.append(name, time);
    entry.append(heading);
    for (const [key, value] of Object.entries(fields)) {
      const field = document.createElement('code');
      field.textContent = `${key}: ${JSON.stringify(value)}`;
      entry.append(field);
    }
    this.#list.prepend(entry);
    while (this.#list.children.length > MAX_ENTRIES) this.#list.lastElementChild!.remove();
  }

  clear(): void {
    this.#list.replaceChildren();
  }
}
