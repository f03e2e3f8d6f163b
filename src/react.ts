'use client';
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
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

/** `onCheckoutStart` and the like, each with its own event. */
type EventProps<Events extends Record<string, keyof CheckoutEventMap>> = {
  [Name in keyof Events as `on${Capitalize<Name & string>}`]?: (
    event: CheckoutEventMap[Events[Name]],
  ) => void;
};

/** The props of an element: its own, its events', and those of every HTML element. */
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

/** What an element cannot work without. */
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

/** What has an attribute is rendered as one, by a server too; `@lit/react` sets the rest as properties, and listens. */
function createMapped<Element extends HTMLElement, ElementProps>(mapping: Mapping) {
  const { displayName, tagName, properties, events } = mapping;
  const names = Object.keys(properties);
  const Inner = createComponent({
    react: React,
    tagName,
    displayName,
    // Of the class, only this is looked at: which props are properties. The class itself would make all of them ones.
    elementClass: {
      prototype: Object.fromEntries(
        names.filter((name) => !properties[name]).map((name) => [name, undefined]),
      ),
    } as unknown as new () => Element,
    events: Object.fromEntries(
      Object.entries(events).map(([name, type]) => [
        `on${name[0]!.toUpperCase()}${name.slice(1)}`,
        type as EventName,
      ]),
    ),
  });
  const Mapped = React.forwardRef<Element, Record<string, unknown>>((props, ref) =>
    React.createElement(
      Inner as React.ElementType,
      Object.fromEntries([
        ['ref', ref],
        // React 18 would write "false" into an attribute whose presence counts.
        ...Object.entries(props).map(([name, value]) => [
          properties[name] ?? name,
          value === false && properties[name] ? undefined : value,
        ]),
      ]) as object,
    ),
  );
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
