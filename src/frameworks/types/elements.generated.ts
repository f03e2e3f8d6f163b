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
  /** What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide (`hsa_fsa_eligible`,
`requires_lmn`), then the endpoint is asked, once for the whole page. */
  eligibility?: CheckoutButton["eligibility"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` stands for any host below. */
  "checkout-hosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` stands for any host below. */
  checkoutHosts?: CheckoutButton["checkoutHosts"] | undefined;
  /** What becomes of a cart whose customer or address the backend misses: `auto` (default) asks the shopper in a dialog, which
loads when it is first needed; `never` makes it the error `details_required`. */
  details?: CheckoutButton["details"] | undefined;
  /** What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it. */
  "when-regular"?: CheckoutButton["whenRegular"] | undefined;
  /** What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it. */
  whenRegular?: CheckoutButton["whenRegular"] | undefined;
  /** Where the payment page opens: `self` (default), or `top` to leave a frame. */
  target?: CheckoutButton["target"] | undefined;
  /** Makes the button unusable, as on a `<button>`: the property is the attribute. */
  disabled?: CheckoutButton["disabled"] | undefined;
  /** URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin. */
  endpoint?: CheckoutButton["endpoint"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  theme?: CheckoutButton["theme"] | undefined;
  /** BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too. */
  locale?: CheckoutButton["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  assets?: CheckoutButton["assets"] | undefined;
  /** The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
`refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
`<script type="application/json">` child, as JSON. */
  cart?: CheckoutButton["cart"] | string | undefined;
  /** Words to use instead of the shipped ones, by key. They must not claim more. */
  strings?: CheckoutButton["strings"] | undefined;

  /** Before the request. Cancelable. `cart`: ids, quantities, prices. */
  "onhsa-checkout-start"?:
    ((e: HTMLElementEventMap["hsa-checkout-start"]) => void) | undefined;
  /** Before the page is left. Cancelable: go there yourself then. `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (the server asks for more than the page showed), `test`. */
  "onhsa-checkout-session"?:
    ((e: HTMLElementEventMap["hsa-checkout-session"]) => void) | undefined;
  /** Every failure. `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`. */
  "onhsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
  /** Every change of state. `state`. */
  "onhsa-checkout-state"?:
    ((e: HTMLElementEventMap["hsa-checkout-state"]) => void) | undefined;
  /** What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`. */
  "onhsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;
};

export type CheckoutButtonSolidJsProps = {
  /** What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide (`hsa_fsa_eligible`,
`requires_lmn`), then the endpoint is asked, once for the whole page. */
  "prop:eligibility"?: CheckoutButton["eligibility"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` stands for any host below. */
  "attr:checkout-hosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
`*.example.com` stands for any host below. */
  "prop:checkoutHosts"?: CheckoutButton["checkoutHosts"] | undefined;
  /** What becomes of a cart whose customer or address the backend misses: `auto` (default) asks the shopper in a dialog, which
loads when it is first needed; `never` makes it the error `details_required`. */
  "prop:details"?: CheckoutButton["details"] | undefined;
  /** What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it. */
  "attr:when-regular"?: CheckoutButton["whenRegular"] | undefined;
  /** What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it. */
  "prop:whenRegular"?: CheckoutButton["whenRegular"] | undefined;
  /** Where the payment page opens: `self` (default), or `top` to leave a frame. */
  "prop:target"?: CheckoutButton["target"] | undefined;
  /** Makes the button unusable, as on a `<button>`: the property is the attribute. */
  "prop:disabled"?: CheckoutButton["disabled"] | undefined;
  /** URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin. */
  "prop:endpoint"?: CheckoutButton["endpoint"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  "prop:theme"?: CheckoutButton["theme"] | undefined;
  /** BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too. */
  "prop:locale"?: CheckoutButton["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  "prop:assets"?: CheckoutButton["assets"] | undefined;
  /** The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
`refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
`<script type="application/json">` child, as JSON. */
  "prop:cart"?: CheckoutButton["cart"] | undefined;
  /** Words to use instead of the shipped ones, by key. They must not claim more. */
  "prop:strings"?: CheckoutButton["strings"] | undefined;
  /** Before the request. Cancelable. `cart`: ids, quantities, prices. */
  "on:hsa-checkout-start"?:
    ((e: HTMLElementEventMap["hsa-checkout-start"]) => void) | undefined;
  /** Before the page is left. Cancelable: go there yourself then. `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (the server asks for more than the page showed), `test`. */
  "on:hsa-checkout-session"?:
    ((e: HTMLElementEventMap["hsa-checkout-session"]) => void) | undefined;
  /** Every failure. `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`. */
  "on:hsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
  /** Every change of state. `state`. */
  "on:hsa-checkout-state"?:
    ((e: HTMLElementEventMap["hsa-checkout-state"]) => void) | undefined;
  /** What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`. */
  "on:hsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type EligibilityBadgeProps = {
  /** What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  type?: EligibilityBadge["type"] | undefined;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  "product-id"?: EligibilityBadge["productId"] | undefined;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  productId?: EligibilityBadge["productId"] | undefined;
  /** Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are. */
  "learn-more"?: EligibilityBadge["learnMore"] | undefined;
  /** Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are. */
  learnMore?: EligibilityBadge["learnMore"] | undefined;
  /** URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin. */
  endpoint?: EligibilityBadge["endpoint"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  theme?: EligibilityBadge["theme"] | undefined;
  /** BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too. */
  locale?: EligibilityBadge["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  assets?: EligibilityBadge["assets"] | undefined;
  /** The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
`refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
`<script type="application/json">` child, as JSON. */
  cart?: EligibilityBadge["cart"] | string | undefined;
  /** Words to use instead of the shipped ones, by key. They must not claim more. */
  strings?: EligibilityBadge["strings"] | undefined;

  /** What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`. */
  "onhsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;
};

export type EligibilityBadgeSolidJsProps = {
  /** What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  "prop:type"?: EligibilityBadge["type"] | undefined;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  "attr:product-id"?: EligibilityBadge["productId"] | undefined;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  "prop:productId"?: EligibilityBadge["productId"] | undefined;
  /** Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are. */
  "bool:learn-more"?: EligibilityBadge["learnMore"] | undefined;
  /** Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are. */
  "prop:learnMore"?: EligibilityBadge["learnMore"] | undefined;
  /** URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin. */
  "prop:endpoint"?: EligibilityBadge["endpoint"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  "prop:theme"?: EligibilityBadge["theme"] | undefined;
  /** BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too. */
  "prop:locale"?: EligibilityBadge["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  "prop:assets"?: EligibilityBadge["assets"] | undefined;
  /** The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
`refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
`<script type="application/json">` child, as JSON. */
  "prop:cart"?: EligibilityBadge["cart"] | undefined;
  /** Words to use instead of the shipped ones, by key. They must not claim more. */
  "prop:strings"?: EligibilityBadge["strings"] | undefined;
  /** What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`. */
  "on:hsa-eligibility"?:
    ((e: HTMLElementEventMap["hsa-eligibility"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type CheckoutStatusProps = {
  /** URL of the merchant's checkout handler. */
  endpoint?: CheckoutStatus["endpoint"] | undefined;
  /** The session's id. Default: the return token in the page's URL, then the session that this tab left for. */
  "checkout-id"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's id. Default: the return token in the page's URL, then the session that this tab left for. */
  checkoutId?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's status token. */
  token?: CheckoutStatus["token"] | undefined;
  /** Where "Start again" leads, such as the cart. No link without it. */
  "retry-href"?: CheckoutStatus["retryHref"] | undefined;
  /** Where "Start again" leads, such as the cart. No link without it. */
  retryHref?: CheckoutStatus["retryHref"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  theme?: CheckoutStatus["theme"] | undefined;
  /** BCP 47 language of the words. Default: the nearest `lang`, outside of shadow roots too. */
  locale?: CheckoutStatus["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  assets?: CheckoutStatus["assets"] | undefined;
  /** Words to use instead of the shipped ones, by key. */
  strings?: CheckoutStatus["strings"] | undefined;

  /** The session is paid; once for each session, reloads included. `checkoutId`. */
  "onhsa-checkout-paid"?:
    ((e: HTMLElementEventMap["hsa-checkout-paid"]) => void) | undefined;
  /** The session cannot be found, or the endpoint cannot be asked: once, until it can be asked again. The fields are those of the button's. */
  "onhsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;
};

export type CheckoutStatusSolidJsProps = {
  /** URL of the merchant's checkout handler. */
  "prop:endpoint"?: CheckoutStatus["endpoint"] | undefined;
  /** The session's id. Default: the return token in the page's URL, then the session that this tab left for. */
  "attr:checkout-id"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's id. Default: the return token in the page's URL, then the session that this tab left for. */
  "prop:checkoutId"?: CheckoutStatus["checkoutId"] | undefined;
  /** The session's status token. */
  "prop:token"?: CheckoutStatus["token"] | undefined;
  /** Where "Start again" leads, such as the cart. No link without it. */
  "attr:retry-href"?: CheckoutStatus["retryHref"] | undefined;
  /** Where "Start again" leads, such as the cart. No link without it. */
  "prop:retryHref"?: CheckoutStatus["retryHref"] | undefined;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  "prop:theme"?: CheckoutStatus["theme"] | undefined;
  /** BCP 47 language of the words. Default: the nearest `lang`, outside of shadow roots too. */
  "prop:locale"?: CheckoutStatus["locale"] | undefined;
  /** URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
build ignores it: a bundler knows where its files are. */
  "prop:assets"?: CheckoutStatus["assets"] | undefined;
  /** Words to use instead of the shipped ones, by key. */
  "prop:strings"?: CheckoutStatus["strings"] | undefined;
  /** The session is paid; once for each session, reloads included. `checkoutId`. */
  "on:hsa-checkout-paid"?:
    ((e: HTMLElementEventMap["hsa-checkout-paid"]) => void) | undefined;
  /** The session cannot be found, or the endpoint cannot be asked: once, until it can be asked again. The fields are those of the button's. */
  "on:hsa-checkout-error"?:
    ((e: HTMLElementEventMap["hsa-checkout-error"]) => void) | undefined;

  /** Set the innerHTML of the element */
  innerHTML?: string | undefined;
  /** Set the textContent of the element */
  textContent?: string | number | undefined;
};

export type CustomElements = {
  /**
   * Takes a shopper from the page's cart to the provider's hosted payment page: says what HSA/FSA money can pay for, asks the
   * merchant's endpoint for one checkout session, and goes to its URL.
   *
   * Its children are the fallback: they show only where the script does not run. A `<script type="application/json">` child
   * may hold the cart.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `eligibility`: What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide (`hsa_fsa_eligible`,
   * `requires_lmn`), then the endpoint is asked, once for the whole page.
   * - `checkout-hosts`/`checkoutHosts`: Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` stands for any host below.
   * - `details`: What becomes of a cart whose customer or address the backend misses: `auto` (default) asks the shopper in a dialog, which
   * loads when it is first needed; `never` makes it the error `details_required`.
   * - `when-regular`/`whenRegular`: What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it.
   * - `target`: Where the payment page opens: `self` (default), or `top` to leave a frame.
   * - `disabled`: Makes the button unusable, as on a `<button>`: the property is the attribute.
   * - `endpoint`: URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `state`: What the button is doing, in CSS `:state(creating)` and the like. (property only) (readonly)
   * - `cart`: The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
   * `refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
   * `<script type="application/json">` child, as JSON. (property only)
   * - `strings`: Words to use instead of the shipped ones, by key. They must not claim more. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-start`: Before the request. Cancelable. `cart`: ids, quantities, prices.
   * - `hsa-checkout-session`: Before the page is left. Cancelable: go there yourself then. `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (the server asks for more than the page showed), `test`.
   * - `hsa-checkout-error`: Every failure. `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`.
   * - `hsa-checkout-state`: Every change of state. `state`.
   * - `hsa-eligibility`: What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `label`: Replaces the words on the button. They must not claim more than the default ones.
   * - `icon`: Replaces the mark before the words, while the button is not busy.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `checkout() => Promise<void>`: Starts a checkout as a press does. Settles when the page is about to be left, or after the event of what stopped it.
   * - `click() => void`: Presses the button, as on a `<button>`.
   * - `refresh() => Promise<void>`: Reads the cart again, and asks for its eligibility anew. Call it when a cart function would return something new, or when
   * what the endpoint says of a product has changed.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-background`: Background of the button. (default: `undefined`)
   * - `--hsa-color`: Text of the button. (default: `undefined`)
   * - `--hsa-border-color`: Edge of the button. (default: `undefined`)
   * - `--hsa-accent`: Focus ring, and the mark in the badge. (default: `undefined`)
   * - `--hsa-error-color`: Edge of the message, and a tint of it. (default: `undefined`)
   * - `--hsa-radius`: Corners of the button, 8px by default. (default: `undefined`)
   * - `--hsa-height`: Least height of the button, 48px by default; keep it at 44px or more (WCAG 2.5.5). (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `button`: The button.
   * - `label`: The words on the button.
   * - `badge`: What HSA/FSA money can pay for.
   * - `mark`: The marks: a card with a cross on the button, and what the badge's words are of.
   * - `message`: What went wrong and what to do next.
   * - `link`: The link to a payment page that did not open by itself.
   *
   * ## CSS States
   *
   * These can be used to apply styling when a component is in a given state.
   *
   * - `idle`: Nothing is going on.
   * - `creating`: A session is being asked for.
   * - `redirecting`: The page is being left.
   * - `error`: It went wrong; a press tries again.
   * - `unavailable`: The cart or the configuration does not allow a checkout.
   */
  "hsa-checkout-button": Partial<
    CheckoutButtonProps & BaseProps<CheckoutButton> & BaseEvents
  >;

  /**
   * Says what HSA/FSA money can pay for: of one product (`type`, or `product-id` and `endpoint`) or of a cart (`.cart`, with
   * amounts). What is unknown, missing or failed shows nothing. What the endpoint answered on the page before shows at once for
   * five minutes, and is asked for again.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `type`: What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`.
   * - `product-id`/`productId`: The product to ask the endpoint for. All badges of a page ask together.
   * - `learn-more`/`learnMore`: Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are.
   * - `endpoint`: URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `cart`: The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
   * `refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
   * `<script type="application/json">` child, as JSON. (property only)
   * - `strings`: Words to use instead of the shipped ones, by key. They must not claim more. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-eligibility`: What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `refresh() => Promise<void>`: Reads the cart again, and asks for its eligibility anew. Call it when a cart function would return something new, or when
   * what the endpoint says of a product has changed.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the mark, and the focus ring. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the badge. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `badge`: The badge.
   * - `mark`: The mark: a tick, a part of a whole, or a card with a cross.
   * - `learn-more`: The button that explains it.
   */
  "hsa-eligibility-badge": Partial<
    EligibilityBadgeProps & BaseProps<EligibilityBadge> & BaseEvents
  >;

  /**
   * Says on the return page what became of a checkout: asks the merchant's endpoint, waits while the payment settles, and
   * says paid only when the server does. Fulfil orders from the webhook, never from this page.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `endpoint`: URL of the merchant's checkout handler.
   * - `checkout-id`/`checkoutId`: The session's id. Default: the return token in the page's URL, then the session that this tab left for.
   * - `token`: The session's status token.
   * - `retry-href`/`retryHref`: Where "Start again" leads, such as the cart. No link without it.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of the words. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `strings`: Words to use instead of the shipped ones, by key. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-paid`: The session is paid; once for each session, reloads included. `checkoutId`.
   * - `hsa-checkout-error`: The session cannot be found, or the endpoint cannot be asked: once, until it can be asked again. The fields are those of the button's.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the mark, and the focus ring. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `message`: What became of the checkout.
   * - `mark`: The mark: what is under way turns, what is paid has a tick.
   * - `retry`: The link to start again.
   */
  "hsa-checkout-status": Partial<
    CheckoutStatusProps & BaseProps<CheckoutStatus> & BaseEvents
  >;
};

export type CustomElementsSolidJs = {
  /**
   * Takes a shopper from the page's cart to the provider's hosted payment page: says what HSA/FSA money can pay for, asks the
   * merchant's endpoint for one checkout session, and goes to its URL.
   *
   * Its children are the fallback: they show only where the script does not run. A `<script type="application/json">` child
   * may hold the cart.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `eligibility`: What the page already knows: `eligible`, `lmn`, `split` or `regular`. Otherwise the lines decide (`hsa_fsa_eligible`,
   * `requires_lmn`), then the endpoint is asked, once for the whole page.
   * - `checkout-hosts`/`checkoutHosts`: Hosts that the payment page may be on, separated by spaces, besides the page's own. Default: `checkout.withgale.com`.
   * `*.example.com` stands for any host below.
   * - `details`: What becomes of a cart whose customer or address the backend misses: `auto` (default) asks the shopper in a dialog, which
   * loads when it is first needed; `never` makes it the error `details_required`.
   * - `when-regular`/`whenRegular`: What becomes of a cart without eligible items: `show` (default) a neutral "Continue to checkout", or `hide` it.
   * - `target`: Where the payment page opens: `self` (default), or `top` to leave a frame.
   * - `disabled`: Makes the button unusable, as on a `<button>`: the property is the attribute.
   * - `endpoint`: URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `state`: What the button is doing, in CSS `:state(creating)` and the like. (property only) (readonly)
   * - `cart`: The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
   * `refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
   * `<script type="application/json">` child, as JSON. (property only)
   * - `strings`: Words to use instead of the shipped ones, by key. They must not claim more. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-start`: Before the request. Cancelable. `cart`: ids, quantities, prices.
   * - `hsa-checkout-session`: Before the page is left. Cancelable: go there yourself then. `checkoutId`, `checkoutUrl`, `checkoutType`, `expiresAt`, `repriced` (the server asks for more than the page showed), `test`.
   * - `hsa-checkout-error`: Every failure. `code`, `message`, `retryable`, `retryAfterMs`, `fields`, `status`, `requestId`, `reason`.
   * - `hsa-checkout-state`: Every change of state. `state`.
   * - `hsa-eligibility`: What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Slots
   *
   * Areas where markup can be added to the component.
   *
   * - `label`: Replaces the words on the button. They must not claim more than the default ones.
   * - `icon`: Replaces the mark before the words, while the button is not busy.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `checkout() => Promise<void>`: Starts a checkout as a press does. Settles when the page is about to be left, or after the event of what stopped it.
   * - `click() => void`: Presses the button, as on a `<button>`.
   * - `refresh() => Promise<void>`: Reads the cart again, and asks for its eligibility anew. Call it when a cart function would return something new, or when
   * what the endpoint says of a product has changed.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-background`: Background of the button. (default: `undefined`)
   * - `--hsa-color`: Text of the button. (default: `undefined`)
   * - `--hsa-border-color`: Edge of the button. (default: `undefined`)
   * - `--hsa-accent`: Focus ring, and the mark in the badge. (default: `undefined`)
   * - `--hsa-error-color`: Edge of the message, and a tint of it. (default: `undefined`)
   * - `--hsa-radius`: Corners of the button, 8px by default. (default: `undefined`)
   * - `--hsa-height`: Least height of the button, 48px by default; keep it at 44px or more (WCAG 2.5.5). (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `button`: The button.
   * - `label`: The words on the button.
   * - `badge`: What HSA/FSA money can pay for.
   * - `mark`: The marks: a card with a cross on the button, and what the badge's words are of.
   * - `message`: What went wrong and what to do next.
   * - `link`: The link to a payment page that did not open by itself.
   *
   * ## CSS States
   *
   * These can be used to apply styling when a component is in a given state.
   *
   * - `idle`: Nothing is going on.
   * - `creating`: A session is being asked for.
   * - `redirecting`: The page is being left.
   * - `error`: It went wrong; a press tries again.
   * - `unavailable`: The cart or the configuration does not allow a checkout.
   */
  "hsa-checkout-button": Partial<
    CheckoutButtonProps &
      CheckoutButtonSolidJsProps &
      BaseProps<CheckoutButton> &
      BaseEvents
  >;

  /**
   * Says what HSA/FSA money can pay for: of one product (`type`, or `product-id` and `endpoint`) or of a cart (`.cart`, with
   * amounts). What is unknown, missing or failed shows nothing. What the endpoint answered on the page before shows at once for
   * five minutes, and is asked for again.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `type`: What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`.
   * - `product-id`/`productId`: The product to ask the endpoint for. All badges of a page ask together.
   * - `learn-more`/`learnMore`: Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are.
   * - `endpoint`: URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `cart`: The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
   * `refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
   * `<script type="application/json">` child, as JSON. (property only)
   * - `strings`: Words to use instead of the shipped ones, by key. They must not claim more. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-eligibility`: What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
   *
   * ## Methods
   *
   * Methods that can be called to access component functionality.
   *
   * - `refresh() => Promise<void>`: Reads the cart again, and asks for its eligibility anew. Call it when a cart function would return something new, or when
   * what the endpoint says of a product has changed.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the mark, and the focus ring. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the badge. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `badge`: The badge.
   * - `mark`: The mark: a tick, a part of a whole, or a card with a cross.
   * - `learn-more`: The button that explains it.
   */
  "hsa-eligibility-badge": Partial<
    EligibilityBadgeProps &
      EligibilityBadgeSolidJsProps &
      BaseProps<EligibilityBadge> &
      BaseEvents
  >;

  /**
   * Says on the return page what became of a checkout: asks the merchant's endpoint, waits while the payment settles, and
   * says paid only when the server does. Fulfil orders from the webhook, never from this page.
   *
   * ## Attributes & Properties
   *
   * Component attributes and properties that can be applied to the element or by using JavaScript.
   *
   * - `endpoint`: URL of the merchant's checkout handler.
   * - `checkout-id`/`checkoutId`: The session's id. Default: the return token in the page's URL, then the session that this tab left for.
   * - `token`: The session's status token.
   * - `retry-href`/`retryHref`: Where "Start again" leads, such as the cart. No link without it.
   * - `theme`: Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`.
   * - `locale`: BCP 47 language of the words. Default: the nearest `lang`, outside of shadow roots too.
   * - `assets`: URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   * - `strings`: Words to use instead of the shipped ones, by key. (property only)
   *
   * ## Events
   *
   * Events that will be emitted by the component.
   *
   * - `hsa-checkout-paid`: The session is paid; once for each session, reloads included. `checkoutId`.
   * - `hsa-checkout-error`: The session cannot be found, or the endpoint cannot be asked: once, until it can be asked again. The fields are those of the button's.
   *
   * ## CSS Custom Properties
   *
   * CSS variables available for styling the component.
   *
   * - `--hsa-accent`: Colour of the mark, and the focus ring. (default: `undefined`)
   * - `--hsa-font`: `font` shorthand of the whole element. (default: `undefined`)
   *
   * ## CSS Parts
   *
   * Custom selectors for styling elements within the component.
   *
   * - `message`: What became of the checkout.
   * - `mark`: The mark: what is under way turns, what is paid has a tick.
   * - `retry`: The link to start again.
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
  /** Text of the button. */
  "--hsa-color"?: string | undefined;
  /** Edge of the button. */
  "--hsa-border-color"?: string | undefined;
  /** Focus ring, and the mark in the badge. */
  "--hsa-accent"?: string | undefined;
  /** Edge of the message, and a tint of it. */
  "--hsa-error-color"?: string | undefined;
  /** Corners of the button, 8px by default. */
  "--hsa-radius"?: string | undefined;
  /** Least height of the button, 48px by default; keep it at 44px or more (WCAG 2.5.5). */
  "--hsa-height"?: string | undefined;
  /** `font` shorthand of the whole element. */
  "--hsa-font"?: string | undefined;
};
