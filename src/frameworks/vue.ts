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
// Imported by the package's name, not by path: its `exports` select another file for edge runtimes, which have no DOM.
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

/** Boolean props: Vue reads `<CheckoutButton disabled>` as true only if the prop's type is `Boolean`. */
const BOOLEANS = ['disabled', 'learnMore'];

/** Props such as `onCheckoutStart`, for `h()` and for `@checkout-start` in templates. */
type EventProps<Emitted extends Events> = {
  [Name in keyof Emitted as `on${Capitalize<Name & string>}`]?: (
    event: CheckoutEventMap[Emitted[Name]],
  ) => void;
};

/** The required prop. Required in the type only, because the element itself reports a missing endpoint. */
interface EndpointProps {
  /** URL of the checkout handler. */
  endpoint: string;
}

/**
 * Like `Omit`, but keeps the type of each property when `Whole` has an index signature. Nuxt and plugins add one to every
 * component instance, and `Omit` would then drop all properties but that signature.
 */
type Without<Whole, Name extends PropertyKey> = {
  [Key in keyof Whole as Key extends Name ? never : Key]: Whole[Key];
};

/**
 * The type of a component: the element's properties, its events, and those of every HTML element. It is written out, because
 * the type that Vue infers depends on the version of Vue, and is `any` with an older version.
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

/** The prop options of a component. They have no types, because the element itself validates its values. */
const propsOf = (properties: Names) =>
  Object.fromEntries(
    Object.keys(properties).map((name) => [name, { type: BOOLEANS.includes(name) ? Boolean : null }]),
  );

/** Calls `refresh()` when a reactive cart changes in place, which the element cannot observe. */
function setup(props: object): { element: ShallowRef<HTMLElement | undefined> } {
  const element = shallowRef<HTMLElement>();
  watch(
    () => (props as { cart?: unknown }).cart,
    (cart, previous) => {
      if (cart === previous) void (element.value as unknown as CheckoutButtonElement).refresh();
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

/**
 * Renders the properties that have an attribute as attributes, because a server can render these, and sets the other properties
 * on the element. A named slot is rendered into a `<span>` for the element's slot of that name.
 */
function render(tag: string, properties: Names, events: Events, { $props, $slots, $emit }: Instance) {
  const props = $props as Record<string, unknown>;
  const emit = $emit as (name: string, event: Event) => void;
  const bindings = Object.keys(properties).map((name) => [
    properties[name] ?? `.${name}`,
    // Vue would set a boolean attribute to "false", which counts as true.
    props[name] === false ? undefined : props[name],
  ]);
  const listeners = Object.entries(events).map(([name, type]) => [
    `on:${type}`,
    (event: Event) => emit(name, event),
  ]);
  const children = Object.entries($slots).map(([name, slot]) =>
    name === 'default' ? slot?.() : h('span', { slot: name }, slot?.()),
  );
  return h(tag, { ref: 'element', ...Object.fromEntries([...bindings, ...listeners]) }, children);
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
 * `<hsa-checkout-button>` as a Vue component. The default slot is the fallback, as on the tag. The slots `label` and `icon` are
 * the element's. A template ref exposes the element as `element`.
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

/** `<hsa-eligibility-badge>` as a Vue component. A template ref exposes the element as `element`. */
export const EligibilityBadge = /* @__PURE__ */ createMapped<
  Component<EligibilityBadgeElement, keyof typeof badgeProperties, typeof badgeEvents>
>('EligibilityBadge', 'hsa-eligibility-badge', badgeProperties, badgeEvents);

/** `<hsa-checkout-status>` as a Vue component. A template ref exposes the element as `element`. */
export const CheckoutStatus = /* @__PURE__ */ createMapped<
  Component<CheckoutStatusElement, keyof typeof statusProperties, typeof statusEvents, EndpointProps>
>('CheckoutStatus', 'hsa-checkout-status', statusProperties, statusEvents);
