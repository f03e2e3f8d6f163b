import type { JSX } from 'solid-js';
import type {
  CheckoutButtonProps,
  CheckoutButtonSolidJsProps,
  CheckoutStatusProps,
  CheckoutStatusSolidJsProps,
  EligibilityBadgeProps,
  EligibilityBadgeSolidJsProps,
} from './elements.generated.js';

/** What Solid itself lets every tag have, and what the element adds; `on:`, `prop:` and `attr:` too. */
type Tag<Name extends keyof HTMLElementTagNameMap, Props> = Props &
  Omit<JSX.HTMLAttributes<HTMLElementTagNameMap[Name]>, keyof Props>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'hsa-checkout-button': Tag<'hsa-checkout-button', CheckoutButtonProps & CheckoutButtonSolidJsProps>;
      'hsa-checkout-status': Tag<'hsa-checkout-status', CheckoutStatusProps & CheckoutStatusSolidJsProps>;
      'hsa-eligibility-badge': Tag<
        'hsa-eligibility-badge',
        EligibilityBadgeProps & EligibilityBadgeSolidJsProps
      >;
    }
  }
}
