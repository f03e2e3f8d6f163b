import {
  defineComponent,
  h,
  shallowRef,
  watch,
  type AllowedComponentProps,
  type ComponentCustomProps,
  type ComponentPublicInstance,
  type HTMLAttributes,
  type ShallowRef,
  type Slots,
  type VNode,
  type VNodeProps,
} from 'vue';
// By the package's name: a server without a DOM gets another file.
import 'hsa-checkout-button';
import 'hsa-checkout-button/status';
import type {
  CheckoutButton as CheckoutButtonElement,
  CheckoutEventMap,
  EligibilityBadge as EligibilityBadgeElement,
} from '../index.js';
import {
  badgeEvents,
  badgeProperties,
  buttonEvents,
  buttonProperties,
  statusEvents,
  statusProperties,
} from './properties.js';
import type { CheckoutStatus as CheckoutStatusElement } from '../status.js';

export type { CheckoutButtonElement, CheckoutStatusElement, EligibilityBadgeElement };
export type {
  CartSource,
  CheckoutCart,
  CheckoutErrorEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  EligibilityEvent,
} from '../index.js';
export type { CheckoutPaidEvent } from '../status.js';

type Names = Record<string, string | undefined>;
type Events = Record<string, keyof CheckoutEventMap>;
type Nothing = Record<never, never>;

/** The props that are there or not: Vue reads `<CheckoutButton disabled>` as true only where it knows that. */
const BOOLEANS = ['disabled', 'learnMore'];

/** `onCheckoutStart` and the like, as `h` takes them and as templates see `@checkout-start`. */
type EventProps<Emitted extends Events> = {
  [Name in keyof Emitted as `on${Capitalize<Name & string>}`]?: (
    event: CheckoutEventMap[Emitted[Name]],
  ) => void;
};

/** What an element cannot work without. Only the type says so, because the element reports a missing endpoint, too. */
interface EndpointProps {
  /** URL of the checkout handler. */
  endpoint: string;
}

/**
 * `Omit` that keeps each property's type where `Whole` has an index signature, too: Nuxt and plugins give one to every component's
 * instance, and `Omit` would keep nothing else.
 */
type Without<Whole, Name extends PropertyKey> = {
  [Key in keyof Whole as Key extends Name ? never : Key]: Whole[Key];
};

/**
 * A component of an element: its own props, its events', and those of every HTML element. The type is written out because the one
 * that Vue infers has as many parameters as that version of Vue has, and is `any` beside an older one.
 */
type Component<
  Element extends HTMLElement,
  Own extends keyof Element,
  Emitted extends Events,
  Needed = object,
  SlotName extends string = 'default',
> = new () => Without<
  ComponentPublicInstance<
    Partial<Pick<Element, Own>> & Needed,
    { element: Element | undefined },
    Nothing,
    Nothing,
    Nothing,
    { [Name in keyof Emitted]: (event: CheckoutEventMap[Emitted[Name]]) => void },
    EventProps<Emitted> &
      Without<HTMLAttributes, Own | keyof EventProps<Emitted>> &
      VNodeProps &
      AllowedComponentProps &
      ComponentCustomProps
  >,
  '$slots'
> & { $slots: { readonly [Name in SlotName]?: () => VNode[] } };

/** The props of an element, of any type: the element itself says what is wrong with a value. */
const propsOf = (properties: Names) =>
  Object.fromEntries(
    Object.keys(properties).map((name) => [name, { type: BOOLEANS.includes(name) ? Boolean : null }]),
  );

/** In Vue a cart changes in place, which an element cannot see: it is told. */
function setup(props: object): { element: ShallowRef<HTMLElement | undefined> } {
  const element = shallowRef<HTMLElement>();
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

function createMapped<Mapped>(name: string, tag: string, properties: Names, events: Events): Mapped {
  return defineComponent({
    name,
    props: propsOf(properties),
    emits: Object.keys(events),
    setup,
    render() {
      return render(tag, properties, events, this);
    },
  }) as unknown as Mapped;
}

/**
 * `<hsa-checkout-button>` as a Vue component. The default slot is the fallback, as on the tag; `label` and `icon` are those of
 * the element. A template ref has the element in `element`.
 */
export const CheckoutButton = /* @__PURE__ */ createMapped<
  Component<
    CheckoutButtonElement,
    keyof typeof buttonProperties,
    typeof buttonEvents,
    EndpointProps,
    'default' | 'label' | 'icon'
  >
>('CheckoutButton', 'hsa-checkout-button', buttonProperties, buttonEvents);

/** `<hsa-eligibility-badge>` as a Vue component. A template ref has the element in `element`. */
export const EligibilityBadge = /* @__PURE__ */ createMapped<
  Component<EligibilityBadgeElement, keyof typeof badgeProperties, typeof badgeEvents>
>('EligibilityBadge', 'hsa-eligibility-badge', badgeProperties, badgeEvents);

/** `<hsa-checkout-status>` as a Vue component. A template ref has the element in `element`. */
export const CheckoutStatus = /* @__PURE__ */ createMapped<
  Component<CheckoutStatusElement, keyof typeof statusProperties, typeof statusEvents, EndpointProps>
>('CheckoutStatus', 'hsa-checkout-status', statusProperties, statusEvents);
