import type { HTMLAttributes } from 'preact';
import type {
  CheckoutButtonProps,
  CheckoutStatusProps,
  EligibilityBadgeProps,
} from './elements.generated.js';

/** Preact's own attributes of every tag, and those of the element. */
type Tag<Name extends keyof HTMLElementTagNameMap, Props> = Props &
  Omit<HTMLAttributes<HTMLElementTagNameMap[Name]>, keyof Props>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'hsa-checkout-button': Tag<'hsa-checkout-button', CheckoutButtonProps>;
      'hsa-checkout-status': Tag<'hsa-checkout-status', CheckoutStatusProps>;
      'hsa-eligibility-badge': Tag<'hsa-eligibility-badge', EligibilityBadgeProps>;
    }
  }
}
