// Generated from the doc comments of the elements by src/manifest/write.ts.
import type { CheckoutButton, EligibilityBadge } from "../../index.js";
import type { CheckoutStatus } from "../../status.js";

/**
 * This type can be used to create scoped tags for your components.
 *
 * Usage:
 *
 * ```ts
 * import type { ScopedElements } from "path/to/library/jsx-integration";
 *
 * declare module "my-library" {
 *   namespace JSX {
 *     interface IntrinsicElements
 *       extends ScopedElements<'test-', ''> {}
 *   }
 * }
 * ```
 *
 * @deprecated Runtime scoped elements result in duplicate types and can confusing for developers. It is recommended to use the `prefix` and `suffix` options to generate new types instead.
 */
export type ScopedElements<
  Prefix extends string = "",
  Suffix extends string = "",
> = {
  [
    Key in keyof CustomElements as `${Prefix}${Key}${Suffix}`
  ]: CustomElements[Key];
};

type BaseProps<T extends HTMLElement> = {
  /** Content added between the opening and closing tags of the element */
  children?: any | undefined;
  /** Used for declaratively styling one or more elements using CSS (Cascading Stylesheets) */
  class?: string | undefined;
  /** Used for declaratively styling one or more elements using CSS (Cascading Stylesheets) */
  className?: string | undefined;
  /** Takes an object where the key is the class name(s) and the value is a boolean expression. When true, the class is applied, and when false, it is removed. */
  classList?: Record<string, boolean | undefined> | undefined;
  /** Specifies the text direction of the element. */
  dir?: "ltr" | "rtl" | undefined;
  /** Contains a space-separated list of the part names of the element that should be exposed on the host element. */
  exportparts?: string | undefined;
  /** For <label> and <output>, lets you associate the label with some control. */
  htmlFor?: string | undefined;
  /** Specifies whether the element should be hidden. */
  hidden?: boolean | string | undefined;
  /** A unique identifier for the element. */
  id?: string | undefined;
  /** Keys tell React which array item each component corresponds to */
  key?: string | number | undefined;
  /** Specifies the language of the element. */
  lang?: string | undefined;
  /** Defines the element's semantic role for accessibility APIs. */
  role?: string | undefined;
  /** Contains a space-separated list of the part names of the element. Part names allows CSS to select and style specific elements in a shadow tree via the ::part pseudo-element. */
  part?: string | undefined;
  /** Use the ref attribute with a variable to assign a DOM element to the variable once the element is rendered. */
  ref?: (T | ((e: T) => void)) | undefined;
  /** Adds a reference for a custom element slot */
  slot?: string | undefined;
  /** Prop for setting inline styles */
  style?: Record<string, string | number> | undefined;
  /** Overrides the default Tab button behavior. Avoid using values other than -1 and 0. */
  tabIndex?: number | undefined;
  /** Specifies the tooltip text for the element. */
  title?: string | undefined;
  /** Passing 'no' excludes the element content from being translated. */
  translate?: "yes" | "no" | undefined;
  /** The popover global attribute is used to designate an element as a popover element. */
  popover?: "auto" | "hint" | "manual" | undefined;
  /** Turns an element element into a popover control button; takes the ID of the popover element to control as its value. */
  popovertarget?: "top" | "bottom" | "left" | "right" | "auto" | undefined;
  /** Specifies the action to be performed on a popover element being controlled by a control element. */
  popovertargetaction?: "show" | "hide" | "toggle" | undefined;
};

type BaseEvents = {};

export type CheckoutButtonProps = {
  /** The eligibility of the cart, when the page knows it: `eligible`, `lmn`, `split` or `regular`. Default: from the fields
`hsa_fsa_eligible` and `requires_lmn` of the lines. For lines without them it comes from the endpoint, in one request for
all elements of the page. */
  eligibility?: CheckoutButton["eligibility"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` matches every subdomain. */
  "checkout-hosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` matches every subdomain. */
  checkoutHosts?: CheckoutButton["checkoutHosts"] | undefined;
  /** Whether the shopper can enter contact or address fields that the backend requires and the cart lacks. `auto` (default)
shows a dialog, which loads on first use; `never` reports the error `details_required`. */
  details?: CheckoutButton["details"] | undefined;
  /** The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it. */
  "when-regular"?: CheckoutButton["whenRegular"] | undefined;
  /** The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it. */
  whenRegular?: CheckoutButton["whenRegular"] | undefined;
  /** Where the badge is: `below` the button (default), `above` it, or `none`. In a row of buttons that must have the same height,
choose `none`, and place an `<hsa-eligibility-badge>` with the same cart under the row. */
  badge?: CheckoutButton["badge"] | undefined;
  /** Where the payment page opens: `self` (default) is the page's own frame, `top` is the whole window. */
  target?: CheckoutButton["target"] | undefined;
  /** Disables the button, as on a `<button>`. The property reflects the attribute. */
  disabled?: CheckoutButton["disabled"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "learn-more"?: CheckoutButton["learnMore"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  learnMore?: CheckoutButton["learnMore"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  endpoint?: CheckoutButton["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  theme?: CheckoutButton["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  locale?: CheckoutButton["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  assets?: CheckoutButton["assets"] | undefined;
  /** The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
`refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. */
  cart?: CheckoutButton["cart"] | string | undefined;
  /** Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
built-in ones do. */
  strings?: CheckoutButton["strings"] | undefined;

  /** Fires before the request for a session. Cancel it to end the checkout without an error. Field: `cart`, with the lines' ids, quantities and prices. */
  "onhsa-checkout-start"?:
    ((e: HTMLElementEventMap["hsa-checkout-start"]) => void) | undefined;
  /** A session exists; the payment page opens next. Cancel the event to open `checkoutUrl` yourself. Fields: `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (whether the server's price is higher than the page's), `test`. */
  "onhsa-checkout-session"?:
    ((e: HTMLElementEventMap["hsa-checkout-session"]) => void) | undefined;
  /** Fires on every failure. Fields: `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`. */
  "onhsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
  /** Fires on every change of state. Field: `state`. */
  "onhsa-checkout-state"?:
    ((e: HTMLElementEventMap["hsa-checkout-state"]) => void) | undefined;
  /** The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`. */
  "onhsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;
};

export type CheckoutButtonSolidJsProps = {
  /** The eligibility of the cart, when the page knows it: `eligible`, `lmn`, `split` or `regular`. Default: from the fields
`hsa_fsa_eligible` and `requires_lmn` of the lines. For lines without them it comes from the endpoint, in one request for
all elements of the page. */
  "prop:eligibility"?: CheckoutButton["eligibility"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` matches every subdomain. */
  "attr:checkout-hosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` matches every subdomain. */
  "prop:checkoutHosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** Whether the shopper can enter contact or address fields that the backend requires and the cart lacks. `auto` (default)
shows a dialog, which loads on first use; `never` reports the error `details_required`. */
  "prop:details"?: CheckoutButton["details"] | undefined;
  /** The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it. */
  "attr:when-regular"?: CheckoutButton["whenRegular"] | undefined;
  /** The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it. */
  "prop:whenRegular"?: CheckoutButton["whenRegular"] | undefined;
  /** Where the badge is: `below` the button (default), `above` it, or `none`. In a row of buttons that must have the same height,
choose `none`, and place an `<hsa-eligibility-badge>` with the same cart under the row. */
  "prop:badge"?: CheckoutButton["badge"] | undefined;
  /** Where the payment page opens: `self` (default) is the page's own frame, `top` is the whole window. */
  "prop:target"?: CheckoutButton["target"] | undefined;
  /** Disables the button, as on a `<button>`. The property reflects the attribute. */
  "prop:disabled"?: CheckoutButton["disabled"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "bool:learn-more"?: CheckoutButton["learnMore"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "prop:learnMore"?: CheckoutButton["learnMore"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  "prop:endpoint"?: CheckoutButton["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  "prop:theme"?: CheckoutButton["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  "prop:locale"?: CheckoutButton["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  "prop:assets"?: CheckoutButton["assets"] | undefined;
  /** The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
`refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. */
  "prop:cart"?: CheckoutButton["cart"] | undefined;
  /** Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
built-in ones do. */
  "prop:strings"?: CheckoutButton["strings"] | undefined;
  /** Fires before the request for a session. Cancel it to end the checkout without an error. Field: `cart`, with the lines' ids, quantities and prices. */
  "on:hsa-checkout-start"?:
    ((e: HTMLElementEventMap["hsa-checkout-start"]) => void) | undefined;
  /** A session exists; the payment page opens next. Cancel the event to open `checkoutUrl` yourself. Fields: `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (whether the server's price is higher than the page's), `test`. */
  "on:hsa-checkout-session"?:
    ((e: HTMLElementEventMap["hsa-checkout-session"]) => void) | undefined;
  /** Fires on every failure. Fields: `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`. */
  "on:hsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
  /** Fires on every change of state. Field: `state`. */
  "on:hsa-checkout-state"?:
    ((e: HTMLElementEventMap["hsa-checkout-state"]) => void) | undefined;
  /** The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`. */
  "on:hsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type EligibilityBadgeProps = {
  /** The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  type?: EligibilityBadge["type"] | undefined;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  "product-id"?: EligibilityBadge["productId"] | undefined;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  productId?: EligibilityBadge["productId"] | undefined;
  /** The look: `plain` (default), `pill` with an edge, or `card` with a frame, which also holds the slot `explanation`. */
  variant?: EligibilityBadge["variant"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "learn-more"?: EligibilityBadge["learnMore"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  learnMore?: EligibilityBadge["learnMore"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  endpoint?: EligibilityBadge["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  theme?: EligibilityBadge["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  locale?: EligibilityBadge["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  assets?: EligibilityBadge["assets"] | undefined;
  /** The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
`refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. */
  cart?: EligibilityBadge["cart"] | string | undefined;
  /** Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
built-in ones do. */
  strings?: EligibilityBadge["strings"] | undefined;

  /** The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`. */
  "onhsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;
};

export type EligibilityBadgeSolidJsProps = {
  /** The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  "prop:type"?: EligibilityBadge["type"] | undefined;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  "attr:product-id"?: EligibilityBadge["productId"] | undefined;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  "prop:productId"?: EligibilityBadge["productId"] | undefined;
  /** The look: `plain` (default), `pill` with an edge, or `card` with a frame, which also holds the slot `explanation`. */
  "prop:variant"?: EligibilityBadge["variant"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "bool:learn-more"?: EligibilityBadge["learnMore"] | undefined;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  "prop:learnMore"?: EligibilityBadge["learnMore"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  "prop:endpoint"?: EligibilityBadge["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  "prop:theme"?: EligibilityBadge["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  "prop:locale"?: EligibilityBadge["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  "prop:assets"?: EligibilityBadge["assets"] | undefined;
  /** The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
`refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. */
  "prop:cart"?: EligibilityBadge["cart"] | undefined;
  /** Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
built-in ones do. */
  "prop:strings"?: EligibilityBadge["strings"] | undefined;
  /** The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`. */
  "on:hsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type CheckoutStatusProps = {
  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  "checkout-id"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  checkoutId?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's status token, 1 to 512 characters. */
  token?: CheckoutStatus["token"] | undefined;
  /** URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
there is no link. */
  "retry-href"?: CheckoutStatus["retryHref"] | undefined;
  /** URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
there is no link. */
  retryHref?: CheckoutStatus["retryHref"] | undefined;
  /** URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
there is no link. */
  "continue-href"?: CheckoutStatus["continueHref"] | undefined;
  /** URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
there is no link. */
  continueHref?: CheckoutStatus["continueHref"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  endpoint?: CheckoutStatus["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  theme?: CheckoutStatus["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  locale?: CheckoutStatus["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  assets?: CheckoutStatus["assets"] | undefined;
  /** Texts that replace the built-in ones, by key. */
  strings?: CheckoutStatus["strings"] | undefined;

  /** The session is paid. Fires once for each session in a tab, even if the page is reloaded. Field: `checkoutId`. */
  "onhsa-checkout-paid"?:
    ((e: HTMLElementEventMap["hsa-checkout-paid"]) => void) | undefined;
  /** The session does not exist, or the endpoint does not answer. Fires once for a series of failed requests. It has the same fields as the button's `hsa-checkout-error`. */
  "onhsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
};

export type CheckoutStatusSolidJsProps = {
  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  "attr:checkout-id"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's id. Default: the session of the return token in the page's URL, then the last session of this tab. */
  "prop:checkoutId"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's status token, 1 to 512 characters. */
  "prop:token"?: CheckoutStatus["token"] | undefined;
  /** URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
there is no link. */
  "attr:retry-href"?: CheckoutStatus["retryHref"] | undefined;
  /** URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
there is no link. */
  "prop:retryHref"?: CheckoutStatus["retryHref"] | undefined;
  /** URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
there is no link. */
  "attr:continue-href"?: CheckoutStatus["continueHref"] | undefined;
  /** URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
there is no link. */
  "prop:continueHref"?: CheckoutStatus["continueHref"] | undefined;
  /** URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
page's own origin. */
  "prop:endpoint"?: CheckoutStatus["endpoint"] | undefined;
  /** Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
the page. */
  "prop:theme"?: CheckoutStatus["theme"] | undefined;
  /** BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots. */
  "prop:locale"?: CheckoutStatus["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
it, because a bundler resolves the files. */
  "prop:assets"?: CheckoutStatus["assets"] | undefined;
  /** Texts that replace the built-in ones, by key. */
  "prop:strings"?: CheckoutStatus["strings"] | undefined;
  /** The session is paid. Fires once for each session in a tab, even if the page is reloaded. Field: `checkoutId`. */
  "on:hsa-checkout-paid"?:
    ((e: HTMLElementEventMap["hsa-checkout-paid"]) => void) | undefined;
  /** The session does not exist, or the endpoint does not answer. Fires once for a series of failed requests. It has the same fields as the button's `hsa-checkout-error`. */
  "on:hsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type CustomElements = {
  /**
   * Takes a shopper from the page's cart to the provider's hosted payment page. Shows which part of the cart HSA/FSA money can
   * pay for, requests one checkout session from the merchant's endpoint, and opens the session's URL.
   *
   * Its children are the fallback: they are visible when the script does not run, and when the page's cart or configuration is
   * wrong. A `<script type="application/json">` child
   * can hold the cart.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `eligibility`: The eligibility of the cart, when the page knows it: `eligible`, `lmn`, `split` or `regular`. Default: from the fields
   * `hsa_fsa_eligible` and `requires_lmn` of the lines. For lines without them it comes from the endpoint, in one request for
   * all elements of the page.
   * - `checkout-hosts`/`checkoutHosts`: Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` matches every subdomain.
   * - `details`: Whether the shopper can enter contact or address fields that the backend requires and the cart lacks. `auto` (default)
   * shows a dialog, which loads on first use; `never` reports the error `details_required`.
   * - `when-regular`/`whenRegular`: The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it.
   * - `badge`: Where the badge is: `below` the button (default), `above` it, or `none`. In a row of buttons that must have the same height,
   * choose `none`, and place an `<hsa-eligibility-badge>` with the same cart under the row.
   * - `target`: Where the payment page opens: `self` (default) is the page's own frame, `top` is the whole window.
   * - `disabled`: Disables the button, as on a `<button>`. The property reflects the attribute.
   * - `learn-more`/`learnMore`: Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `state`: The state of the checkout: `idle`, `creating`, `confirm`, `redirecting`, `error` or `unavailable`. CSS selects it with
   * `:state(creating)`. (property only) (readonly)
   * - `cart`: The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
   * `refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
   * HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. (property only)
   * - `strings`: Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
   * built-in ones do. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-start`: Fires before the request for a session. Cancel it to end the checkout without an error. Field: `cart`, with the lines' ids, quantities and prices.
   * - `hsa-checkout-session`: A session exists; the payment page opens next. Cancel the event to open `checkoutUrl` yourself. Fields: `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (whether the server's price is higher than the page's), `test`.
   * - `hsa-checkout-error`: Fires on every failure. Fields: `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`.
   * - `hsa-checkout-state`: Fires on every change of state. Field: `state`.
   * - `hsa-eligibility`: The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `label`: Replaces the text of the button. It must not claim more than the default text does.
   * - `alternative`: Another way to pay, such as a link to the shop's own checkout. It is visible in a message after the second failure in a row, and after an error that a retry cannot correct.
   * - `icon`: Replaces the icon before the text, while the button is not busy.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `checkout() => Promise<void>`: Starts a checkout, as a press does. Resolves when the payment page is opening, or after the event for the error or
   * cancellation that ended the checkout.
   * - `click() => void`: Presses the button, as `click()` of a `<button>` does.
   * - `refresh() => Promise<void>`: Reads the cart again and requests its eligibility again. Call it when the cart that a `cart` function returns has changed,
   * or when the eligibility of a product has changed on the server.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-background`: Background of the button. (default: `undefined`)
   * - `--hsa-color`: Text colour of the button. Default: black or white, whichever has more contrast with `--hsa-background`, if that is a colour. (default: `undefined`)
   * - `--hsa-border-color`: Border colour of the button. (default: `undefined`)
   * - `--hsa-accent`: Outer colour of the focus ring. (default: `undefined`)
   * - `--hsa-error-color`: Border colour of the error message, and a 10 % tint of it as background. (default: `undefined`)
   * - `--hsa-radius`: Border radius of the button. Default: `8px`. (default: `undefined`)
   * - `--hsa-height`: Height of the button, at least as high as its text. Default: `48px`. Keep it at 44px or more (WCAG 2.5.5). (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `button`: The button.
   * - `label`: The text of the button.
   * - `badge`: The eligibility of the cart: one line below the button, or a line with an amount for each part of the cart.
   * - `line`: A part of a mixed cart with its amount.
   * - `learn-more`: The button that opens the explanation of HSA, FSA and the letter.
   * - `mark`: The icons: a card with a cross in the button, and the icons of the eligibility in the badge.
   * - `message`: The message after an error, with the next step.
   * - `price`: The message after a price increase, with the old and the new amount.
   * - `outcome`: The message after a payment page that the shopper has cancelled or where the payment failed.
   * - `link`: The link to the payment page, shown when the browser did not open that page.
   *
   * ## CSS States
   *
   * These can be used to apply styling when a component is in a given state.
   *
   * - `idle`: No checkout is in progress.
   * - `creating`: A session is being requested.
   * - `confirm`: The price has risen; the next press accepts it.
   * - `redirecting`: The payment page is opening.
   * - `error`: The last checkout failed; a press tries again.
   * - `unavailable`: The cart or the configuration does not allow a checkout.
   */
  "hsa-checkout-button": Partial<
    CheckoutButtonProps & BaseProps<CheckoutButton> & BaseEvents
  >;

  /**
   * Shows whether HSA/FSA money can pay for one product (set `type`, or `product-id` and `endpoint`), or for which part of a cart
   * (set `cart`; each part of a mixed cart has a line with its amount, if the amounts are known). It is empty when the eligibility is unknown or `regular` (HSA/FSA
   * money pays for nothing), or when the request failed. The endpoint's responses are kept in the tab's session storage for five
   * minutes: the next page in the tab shows the stored eligibility at once, and requests it again.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `type`: The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`.
   * - `product-id`/`productId`: Id of a product whose eligibility the endpoint knows. All badges of a page share one request.
   * - `variant`: The look: `plain` (default), `pill` with an edge, or `card` with a frame, which also holds the slot `explanation`.
   * - `learn-more`/`learnMore`: Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `cart`: The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
   * `refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
   * HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. (property only)
   * - `strings`: Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
   * built-in ones do. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-eligibility`: The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `explanation`: Text below the badge, such as in a card. `docs/copy-rules.md` defines the claims that it may make.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `refresh() => Promise<void>`: Reads the cart again and requests its eligibility again. Call it when the cart that a `cart` function returns has changed,
   * or when the eligibility of a product has changed on the server.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Outer colour of the focus ring. (default: `undefined`)
   * - `--hsa-radius`: Border radius of a card. Default: `8px`. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the badge. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `badge`: The badge.
   * - `mark`: The icons: a tick, a letter, or a card for the part of another card.
   * - `line`: A part of a mixed cart with its amount.
   * - `learn-more`: The button that opens the explanation of HSA, FSA and the letter.
   */
  "hsa-eligibility-badge": Partial<
    EligibilityBadgeProps & BaseProps<EligibilityBadge> & BaseEvents
  >;

  /**
   * Shows the outcome of a checkout on the return page, as a receipt once it is final. It polls the merchant's endpoint for up to 90 seconds, and shows the
   * session as paid only when the server confirms it. Fulfil orders from the webhook, never from this page.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `checkout-id`/`checkoutId`: The session's id. Default: the session of the return token in the page's URL, then the last session of this tab.
   * - `token`: The session's status token, 1 to 512 characters.
   * - `retry-href`/`retryHref`: URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
   * there is no link.
   * - `continue-href`/`continueHref`: URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
   * there is no link.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `strings`: Texts that replace the built-in ones, by key. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-paid`: The session is paid. Fires once for each session in a tab, even if the page is reloaded. Field: `checkoutId`.
   * - `hsa-checkout-error`: The session does not exist, or the endpoint does not answer. Fires once for a series of failed requests. It has the same fields as the button's `hsa-checkout-error`.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the icon and of the focus ring. Default of the icon: the colour of the text. (default: `undefined`)
   * - `--hsa-background`: Background of the main link. (default: `undefined`)
   * - `--hsa-color`: Text colour of the main link. Default: black or white, whichever has more contrast with `--hsa-background`, if that is a colour. (default: `undefined`)
   * - `--hsa-border-color`: Border colour of the main link. (default: `undefined`)
   * - `--hsa-radius`: Border radius of the links and the button. Default: `8px`. (default: `undefined`)
   * - `--hsa-height`: Height of the links and the button, at least 44px. Default: `48px`. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `message`: The outcome of the checkout in a sentence.
   * - `mark`: The icon: it rotates while the outcome is pending. Each outcome has its own: a tick in a circle for paid, a cross for failed, an arrow back for cancelled, a clock for expired, an arrow that turns round for refunded, a question mark for missing.
   * - `heading`: The outcome as a heading of level 2, with the icon.
   * - `summary`: The list of amount, cards, reference and date: a `dl` with a `div` for each pair.
   * - `continue`: The link back to the shop, shaped as a button.
   * - `retry`: The link to start again, shaped as a button.
   * - `print`: The button that saves or prints the itemised receipt.
   */
  "hsa-checkout-status": Partial<
    CheckoutStatusProps & BaseProps<CheckoutStatus> & BaseEvents
  >;
};

export type CustomElementsSolidJs = {
  /**
   * Takes a shopper from the page's cart to the provider's hosted payment page. Shows which part of the cart HSA/FSA money can
   * pay for, requests one checkout session from the merchant's endpoint, and opens the session's URL.
   *
   * Its children are the fallback: they are visible when the script does not run, and when the page's cart or configuration is
   * wrong. A `<script type="application/json">` child
   * can hold the cart.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `eligibility`: The eligibility of the cart, when the page knows it: `eligible`, `lmn`, `split` or `regular`. Default: from the fields
   * `hsa_fsa_eligible` and `requires_lmn` of the lines. For lines without them it comes from the endpoint, in one request for
   * all elements of the page.
   * - `checkout-hosts`/`checkoutHosts`: Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` matches every subdomain.
   * - `details`: Whether the shopper can enter contact or address fields that the backend requires and the cart lacks. `auto` (default)
   * shows a dialog, which loads on first use; `never` reports the error `details_required`.
   * - `when-regular`/`whenRegular`: The button for a cart without eligible items: `show` (default) labels it "Continue to checkout"; `hide` removes it.
   * - `badge`: Where the badge is: `below` the button (default), `above` it, or `none`. In a row of buttons that must have the same height,
   * choose `none`, and place an `<hsa-eligibility-badge>` with the same cart under the row.
   * - `target`: Where the payment page opens: `self` (default) is the page's own frame, `top` is the whole window.
   * - `disabled`: Disables the button, as on a `<button>`. The property reflects the attribute.
   * - `learn-more`/`learnMore`: Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `state`: The state of the checkout: `idle`, `creating`, `confirm`, `redirecting`, `error` or `unavailable`. CSS selects it with
   * `:state(creating)`. (property only) (readonly)
   * - `cart`: The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
   * `refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
   * HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. (property only)
   * - `strings`: Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
   * built-in ones do. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-start`: Fires before the request for a session. Cancel it to end the checkout without an error. Field: `cart`, with the lines' ids, quantities and prices.
   * - `hsa-checkout-session`: A session exists; the payment page opens next. Cancel the event to open `checkoutUrl` yourself. Fields: `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (whether the server's price is higher than the page's), `test`.
   * - `hsa-checkout-error`: Fires on every failure. Fields: `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`.
   * - `hsa-checkout-state`: Fires on every change of state. Field: `state`.
   * - `hsa-eligibility`: The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `label`: Replaces the text of the button. It must not claim more than the default text does.
   * - `alternative`: Another way to pay, such as a link to the shop's own checkout. It is visible in a message after the second failure in a row, and after an error that a retry cannot correct.
   * - `icon`: Replaces the icon before the text, while the button is not busy.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `checkout() => Promise<void>`: Starts a checkout, as a press does. Resolves when the payment page is opening, or after the event for the error or
   * cancellation that ended the checkout.
   * - `click() => void`: Presses the button, as `click()` of a `<button>` does.
   * - `refresh() => Promise<void>`: Reads the cart again and requests its eligibility again. Call it when the cart that a `cart` function returns has changed,
   * or when the eligibility of a product has changed on the server.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-background`: Background of the button. (default: `undefined`)
   * - `--hsa-color`: Text colour of the button. Default: black or white, whichever has more contrast with `--hsa-background`, if that is a colour. (default: `undefined`)
   * - `--hsa-border-color`: Border colour of the button. (default: `undefined`)
   * - `--hsa-accent`: Outer colour of the focus ring. (default: `undefined`)
   * - `--hsa-error-color`: Border colour of the error message, and a 10 % tint of it as background. (default: `undefined`)
   * - `--hsa-radius`: Border radius of the button. Default: `8px`. (default: `undefined`)
   * - `--hsa-height`: Height of the button, at least as high as its text. Default: `48px`. Keep it at 44px or more (WCAG 2.5.5). (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `button`: The button.
   * - `label`: The text of the button.
   * - `badge`: The eligibility of the cart: one line below the button, or a line with an amount for each part of the cart.
   * - `line`: A part of a mixed cart with its amount.
   * - `learn-more`: The button that opens the explanation of HSA, FSA and the letter.
   * - `mark`: The icons: a card with a cross in the button, and the icons of the eligibility in the badge.
   * - `message`: The message after an error, with the next step.
   * - `price`: The message after a price increase, with the old and the new amount.
   * - `outcome`: The message after a payment page that the shopper has cancelled or where the payment failed.
   * - `link`: The link to the payment page, shown when the browser did not open that page.
   *
   * ## CSS States
   *
   * These can be used to apply styling when a component is in a given state.
   *
   * - `idle`: No checkout is in progress.
   * - `creating`: A session is being requested.
   * - `confirm`: The price has risen; the next press accepts it.
   * - `redirecting`: The payment page is opening.
   * - `error`: The last checkout failed; a press tries again.
   * - `unavailable`: The cart or the configuration does not allow a checkout.
   */
  "hsa-checkout-button": Partial<
    CheckoutButtonProps &
      CheckoutButtonSolidJsProps &
      BaseProps<CheckoutButton> &
      BaseEvents
  >;

  /**
   * Shows whether HSA/FSA money can pay for one product (set `type`, or `product-id` and `endpoint`), or for which part of a cart
   * (set `cart`; each part of a mixed cart has a line with its amount, if the amounts are known). It is empty when the eligibility is unknown or `regular` (HSA/FSA
   * money pays for nothing), or when the request failed. The endpoint's responses are kept in the tab's session storage for five
   * minutes: the next page in the tab shows the stored eligibility at once, and requests it again.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `type`: The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`.
   * - `product-id`/`productId`: Id of a product whose eligibility the endpoint knows. All badges of a page share one request.
   * - `variant`: The look: `plain` (default), `pill` with an edge, or `card` with a frame, which also holds the slot `explanation`.
   * - `learn-more`/`learnMore`: Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `cart`: The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
   * `refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
   * HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON. (property only)
   * - `strings`: Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
   * built-in ones do. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-eligibility`: The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `explanation`: Text below the badge, such as in a card. `docs/copy-rules.md` defines the claims that it may make.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `refresh() => Promise<void>`: Reads the cart again and requests its eligibility again. Call it when the cart that a `cart` function returns has changed,
   * or when the eligibility of a product has changed on the server.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Outer colour of the focus ring. (default: `undefined`)
   * - `--hsa-radius`: Border radius of a card. Default: `8px`. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the badge. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `badge`: The badge.
   * - `mark`: The icons: a tick, a letter, or a card for the part of another card.
   * - `line`: A part of a mixed cart with its amount.
   * - `learn-more`: The button that opens the explanation of HSA, FSA and the letter.
   */
  "hsa-eligibility-badge": Partial<
    EligibilityBadgeProps &
      EligibilityBadgeSolidJsProps &
      BaseProps<EligibilityBadge> &
      BaseEvents
  >;

  /**
   * Shows the outcome of a checkout on the return page, as a receipt once it is final. It polls the merchant's endpoint for up to 90 seconds, and shows the
   * session as paid only when the server confirms it. Fulfil orders from the webhook, never from this page.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `checkout-id`/`checkoutId`: The session's id. Default: the session of the return token in the page's URL, then the last session of this tab.
   * - `token`: The session's status token, 1 to 512 characters.
   * - `retry-href`/`retryHref`: URL of the "Start again" link after a checkout without a payment, such as the cart's: http, https or relative. Without it
   * there is no link.
   * - `continue-href`/`continueHref`: URL of the "Continue shopping" link after a payment, such as the shop's first page: http, https or relative. Without it
   * there is no link.
   * - `endpoint`: URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   * - `theme`: Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   * - `locale`: BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   * - `strings`: Texts that replace the built-in ones, by key. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-paid`: The session is paid. Fires once for each session in a tab, even if the page is reloaded. Field: `checkoutId`.
   * - `hsa-checkout-error`: The session does not exist, or the endpoint does not answer. Fires once for a series of failed requests. It has the same fields as the button's `hsa-checkout-error`.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the icon and of the focus ring. Default of the icon: the colour of the text. (default: `undefined`)
   * - `--hsa-background`: Background of the main link. (default: `undefined`)
   * - `--hsa-color`: Text colour of the main link. Default: black or white, whichever has more contrast with `--hsa-background`, if that is a colour. (default: `undefined`)
   * - `--hsa-border-color`: Border colour of the main link. (default: `undefined`)
   * - `--hsa-radius`: Border radius of the links and the button. Default: `8px`. (default: `undefined`)
   * - `--hsa-height`: Height of the links and the button, at least 44px. Default: `48px`. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `message`: The outcome of the checkout in a sentence.
   * - `mark`: The icon: it rotates while the outcome is pending. Each outcome has its own: a tick in a circle for paid, a cross for failed, an arrow back for cancelled, a clock for expired, an arrow that turns round for refunded, a question mark for missing.
   * - `heading`: The outcome as a heading of level 2, with the icon.
   * - `summary`: The list of amount, cards, reference and date: a `dl` with a `div` for each pair.
   * - `continue`: The link back to the shop, shaped as a button.
   * - `retry`: The link to start again, shaped as a button.
   * - `print`: The button that saves or prints the itemised receipt.
   */
  "hsa-checkout-status": Partial<
    CheckoutStatusProps &
      CheckoutStatusSolidJsProps &
      BaseProps<CheckoutStatus> &
      BaseEvents
  >;
};

export type CustomCssProperties = {
  /** Background of the button. */
  "--hsa-background"?: string | undefined;
  /** Text colour of the button. Default: black or white, whichever has more contrast with `--hsa-background`, if that is a colour. */
  "--hsa-color"?: string | undefined;
  /** Border colour of the button. */
  "--hsa-border-color"?: string | undefined;
  /** Outer colour of the focus ring. */
  "--hsa-accent"?: string | undefined;
  /** Border colour of the error message, and a 10 % tint of it as background. */
  "--hsa-error-color"?: string | undefined;
  /** Border radius of the button. Default: `8px`. */
  "--hsa-radius"?: string | undefined;
  /** Height of the button, at least as high as its text. Default: `48px`. Keep it at 44px or more (WCAG 2.5.5). */
  "--hsa-height"?: string | undefined;
  /** `font` shorthand of the whole element. */
  "--hsa-font"?: string | undefined;
};
