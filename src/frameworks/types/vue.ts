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

/** The type of a tag in Vue's templates, where `@hsa-checkout-start` is `onHsaCheckoutStart`. */
type Tag<Props> = new () => {
  $props: HTMLAttributes & {
    [
      Name in keyof Props as Name extends `on${infer Event}` ? `on${Capitalize<Camel<Event>>}` : Name
    ]: Props[Name];
  };
};

declare module 'vue' {
  interface HTMLAttributes {
    /** The element's slot for this child. Vue renders the attribute, but its types lack it. */
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
