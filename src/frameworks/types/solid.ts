import type { JSX } from 'solid-js';
import type {
  CheckoutButtonProps,
  CheckoutButtonSolidJsProps,
  CheckoutStatusProps,
  CheckoutStatusSolidJsProps,
  EligibilityBadgeProps,
  EligibilityBadgeSolidJsProps,
} from './elements.generated.js';

/** Solid's own attributes of every tag, and those of the element, also with Solid's prefixes `on:`, `prop:` and `attr:`. */
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
