import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  CheckoutButtonProps,
  CheckoutStatusProps,
  EligibilityBadgeProps,
} from './elements.generated.js';

/** React's own attributes of every tag, and those of the element. */
type Tag<Name extends keyof HTMLElementTagNameMap, Props> = Props &
  Omit<
    DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Name]>, HTMLElementTagNameMap[Name]>,
    keyof Props
  >;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'hsa-checkout-button': Tag<'hsa-checkout-button', CheckoutButtonProps>;
      'hsa-checkout-status': Tag<'hsa-checkout-status', CheckoutStatusProps>;
      'hsa-eligibility-badge': Tag<'hsa-eligibility-badge', EligibilityBadgeProps>;
    }
  }
}
