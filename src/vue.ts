import { defineComponent, h, shallowRef, watch, type PropType, type ShallowRef, type Slots } from 'vue';
// By the package's name: a server without a DOM gets another file.
import 'hsa-checkout-button';
import 'hsa-checkout-button/status';
import type {
  CheckoutButton as CheckoutButtonElement,
  CheckoutEventMap,
  EligibilityBadge as EligibilityBadgeElement,
} from './index.js';
import {
  badgeEvents,
  badgeProperties,
  buttonEvents,
  buttonProperties,
  statusEvents,
  statusProperties,
} from './properties.js';
import type { CheckoutStatus as CheckoutStatusElement } from './status.js';

export type { CheckoutButtonElement, CheckoutStatusElement, EligibilityBadgeElement };
export type {
  CartSource,
  CheckoutCart,
  CheckoutErrorEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  EligibilityEvent,
} from './index.js';
export type { CheckoutPaidEvent } from './status.js';

type Names = Record<string, string | undefined>;
type Events = Record<string, keyof CheckoutEventMap>;

/** The props that are there or not: Vue reads `<CheckoutButton disabled>` as true only where it knows that. */
const BOOLEANS = ['disabled', 'learnMore'];

/**
 * The props of an element, of any type: the element itself says what is wrong with a value. `Required` are those that templates
 * must give. Only their types say so, because the element reports a missing one, too.
 */
function propsOf<Element, Properties extends Names, Required extends string = never>(properties: Properties) {
  const names = Object.keys(properties);
  return Object.fromEntries(
    names.map((name) => [name, { type: BOOLEANS.includes(name) ? Boolean : null }]),
  ) as unknown as {
    [Name in keyof Properties & keyof Element]: {
      type: PropType<NonNullable<Element[Name]>>;
      required: Name extends Required ? true : false;
    };
  };
}

/** `checkoutStart` and the like, each with its own event. */
const emitsOf = <Told extends Events>(events: Told) =>
  Object.fromEntries(Object.keys(events).map((name) => [name, null])) as unknown as {
    [Name in keyof Told]: (event: CheckoutEventMap[Told[Name]]) => void;
  };

/** In Vue a cart changes in place, which an element cannot see: it is told. */
function setup<Element extends HTMLElement>(props: object): { element: ShallowRef<Element | undefined> } {
  const element = shallowRef<Element>();
  watch(
    () => (props as { cart?: unknown }).cart,
    (now, before) => {
      if (now === before) void (element.value as unknown as CheckoutButtonElement).refresh();
    },
    { deep: true, flush: 'post' },
  );
  return { element };
}

interface Instance {
  $props: object;
  $slots: Slots;
  $emit: unknown;
}

/** Renders what has an attribute as one, as a server can, and sets the rest as properties. A named slot is the element's own. */
function render(tag: string, properties: Names, events: Events, { $props, $slots, $emit }: Instance) {
  const props = $props as Record<string, unknown>;
  const emit = $emit as (name: string, event: Event) => void;
  const given = Object.keys(properties).map((name) => [
    properties[name] ?? `.${name}`,
    // An attribute is there even if it is false.
    props[name] === false ? undefined : props[name],
  ]);
  const listeners = Object.entries(events).map(([name, type]) => [
    `on:${type}`,
    (event: Event) => emit(name, event),
  ]);
  const children = Object.entries($slots).map(([name, slot]) =>
    name === 'default' ? slot?.() : h('span', { slot: name }, slot?.()),
  );
  return h(tag, { ref: 'element', ...Object.fromEntries([...given, ...listeners]) }, children);
}

/**
 * `<hsa-checkout-button>` as a Vue component. The default slot is the fallback, as on the tag; `label` and `icon` are those of
 * the element. A template ref has the element in `element`.
 */
export const CheckoutButton = /* @__PURE__ */ defineComponent({
  name: 'CheckoutButton',
  props: propsOf<CheckoutButtonElement, typeof buttonProperties, 'endpoint'>(buttonProperties),
  emits: emitsOf(buttonEvents),
  setup: (props) => setup<CheckoutButtonElement>(props),
  render() {
    return render('hsa-checkout-button', buttonProperties, buttonEvents, this);
  },
});

/** `<hsa-eligibility-badge>` as a Vue component. A template ref has the element in `element`. */
export const EligibilityBadge = /* @__PURE__ */ defineComponent({
  name: 'EligibilityBadge',
  props: propsOf<EligibilityBadgeElement, typeof badgeProperties>(badgeProperties),
  emits: emitsOf(badgeEvents),
  setup: (props) => setup<EligibilityBadgeElement>(props),
  render() {
    return render('hsa-eligibility-badge', badgeProperties, badgeEvents, this);
  },
});

/** `<hsa-checkout-status>` as a Vue component. A template ref has the element in `element`. */
export const CheckoutStatus = /* @__PURE__ */ defineComponent({
  name: 'CheckoutStatus',
  props: propsOf<CheckoutStatusElement, typeof statusProperties, 'endpoint'>(statusProperties),
  emits: emitsOf(statusEvents),
  setup: (props) => setup<CheckoutStatusElement>(props),
  render() {
    return render('hsa-checkout-status', statusProperties, statusEvents, this);
  },
});
