import type { HTMLAttributes } from 'vue';
import type { CheckoutButton, CheckoutStatus, EligibilityBadge } from '../vue.js';
import type {
  CheckoutButtonProps,
  CheckoutStatusProps,
  EligibilityBadgeProps,
} from './elements.generated.js';

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** A tag as Vue's templates look at it: `@hsa-checkout-start` is `onHsaCheckoutStart` there. */
type Tag<Props> = new () => {
  $props: HTMLAttributes & {
    [
      Name in keyof Props as Name extends `on${infer Event}` ? `on${Capitalize<Camel<Event>>}` : Name
    ]: Props[Name];
  };
};

declare module 'vue' {
  interface HTMLAttributes {
    /** The slot of a tag that a child goes to. Vue leaves the attribute out of its types, and renders it. */
    slot?: string | undefined;
  }
  interface GlobalComponents {
    'hsa-checkout-button': Tag<CheckoutButtonProps>;
    'hsa-checkout-status': Tag<CheckoutStatusProps>;
    'hsa-eligibility-badge': Tag<EligibilityBadgeProps>;
    CheckoutButton: typeof CheckoutButton;
    CheckoutStatus: typeof CheckoutStatus;
    EligibilityBadge: typeof EligibilityBadge;
  }
}
