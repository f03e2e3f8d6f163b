'use client';
import * as React from 'react';
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

/** Props such as `onCheckoutStart`, each with the type of its event. */
type EventProps<Events extends Record<string, keyof CheckoutEventMap>> = {
  [Name in keyof Events as `on${Capitalize<Name & string>}`]?: (
    event: CheckoutEventMap[Events[Name]],
  ) => void;
};

/** The props of a component: the element's properties, its events, and those of every HTML element. */
type Props<
  Element extends HTMLElement,
  Own extends keyof Element,
  Events extends Record<string, keyof CheckoutEventMap>,
> = Partial<Pick<Element, Own>> &
  EventProps<Events> &
  Omit<React.HTMLAttributes<Element>, Own | keyof EventProps<Events>>;

type Component<Element, ElementProps> = React.ForwardRefExoticComponent<
  ElementProps & React.RefAttributes<Element>
>;

/** The required prop. */
interface EndpointProps {
  /** URL of the checkout handler. */
  endpoint: string;
}

/** The props of `<CheckoutButton>`. */
export type CheckoutButtonProps = Props<
  CheckoutButtonElement,
  keyof typeof buttonProperties,
  typeof buttonEvents
> &
  EndpointProps;
/** The props of `<EligibilityBadge>`. */
export type EligibilityBadgeProps = Props<
  EligibilityBadgeElement,
  keyof typeof badgeProperties,
  typeof badgeEvents
>;
/** The props of `<CheckoutStatus>`. */
export type CheckoutStatusProps = Props<
  CheckoutStatusElement,
  keyof typeof statusProperties,
  typeof statusEvents
> &
  EndpointProps;

interface Mapping {
  displayName: string;
  tagName: string;
  properties: Record<string, string | undefined>;
  events: Record<string, string>;
}

/**
 * Creates a component. It renders the properties that have an attribute as attributes, because a server can render these, and
 * sets the other properties on the element.
 */
function createMapped<Element extends HTMLElement, ElementProps>(mapping: Mapping) {
  const { displayName, tagName, properties, events } = mapping;
  const handlers = new Map(
    Object.entries(events).map(([name, type]) => [type, `on${name[0]!.toUpperCase()}${name.slice(1)}`]),
  );
  /** The attribute for a prop; undefined for a prop that becomes a property or a listener. */
  const attributeNames = new Map([
    ['className', 'class'],
    ...Object.entries(properties),
    ...[...handlers.values()].map((name) => [name, undefined] as const),
  ]);
  const propertyNames = Object.keys(properties).filter((name) => !properties[name]);

  const Mapped = React.forwardRef<Element, Record<string, unknown>>((props, ref) => {
    const element = React.useRef<Element>(null);
    // One listener object for all events and renders, because adding the same object again, as StrictMode does, has no effect.
    const listener = React.useRef({
      props,
      handleEvent(event: Event) {
        (this.props[handlers.get(event.type)!] as ((event: Event) => void) | undefined)?.(event);
      },
    });
    const attributes: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(props)) {
      const attribute = attributeNames.has(name) ? attributeNames.get(name) : name;
      // React 18 would set a boolean attribute to "false", which counts as true.
      if (attribute) attributes[attribute] = value === false && name in properties ? undefined : value;
    }
    // The ref function below is new at every render. `useImperativeHandle` updates the parent's ref only when the ref changes.
    React.useImperativeHandle(ref, () => element.current!, []);
    return React.createElement(tagName, {
      // An element that is upgraded before hydration has set attributes such as `tabindex` by then, which React does not
      // expect.
      suppressHydrationWarning: true,
      ...attributes,
      // React calls this when it commits: before the element's first update, and before paint.
      ref(node: Element | null) {
        element.current = node;
        if (!node) return;
        const previous = listener.current.props;
        for (const name of propertyNames)
          if (name in props || name in previous) Object.assign(node, { [name]: props[name] });
        listener.current.props = props;
        for (const type of handlers.keys()) node.addEventListener(type, listener.current);
      },
    });
  });
  Mapped.displayName = displayName;
  return Mapped as unknown as Component<Element, ElementProps>;
}

/** `<hsa-checkout-button>` as a React component. Its children are the fallback, as on the tag. */
export const CheckoutButton = /* @__PURE__ */ createMapped<CheckoutButtonElement, CheckoutButtonProps>({
  displayName: 'CheckoutButton',
  tagName: 'hsa-checkout-button',
  properties: buttonProperties,
  events: buttonEvents,
});

/** `<hsa-eligibility-badge>` as a React component. */
export const EligibilityBadge = /* @__PURE__ */ createMapped<EligibilityBadgeElement, EligibilityBadgeProps>({
  displayName: 'EligibilityBadge',
  tagName: 'hsa-eligibility-badge',
  properties: badgeProperties,
  events: badgeEvents,
});

/** `<hsa-checkout-status>` as a React component. */
export const CheckoutStatus = /* @__PURE__ */ createMapped<CheckoutStatusElement, CheckoutStatusProps>({
  displayName: 'CheckoutStatus',
  tagName: 'hsa-checkout-status',
  properties: statusProperties,
  events: statusEvents,
});
