import type { Cart } from './cart.js';
import type { Scope } from './settings.js';

/** The theme's own wallet button, of which the platform writes the markup. */
const WALLET = `<div class="dynamic-checkout__content" id="dynamic-checkout-cart" data-shopify="dynamic-checkout-cart">
  <shopify-accelerated-checkout-cart wallet-configs="[]" access-token="x" buyer-country="US" buyer-locale="en"
    buyer-currency="USD" shop-id="1" cart-id="c1">
    <button type="button" style="width:100%;height:44px;border:0;border-radius:4px;background:#5a31f4;color:#fff">Shop Pay</button>
  </shopify-accelerated-checkout-cart>
</div>`;

const ROUTES = {
  root_url: '/',
  cart_url: '/cart',
  cart_add_url: '/cart/add',
  cart_change_url: '/cart/change',
  cart_update_url: '/cart/update',
  cart_clear_url: '/cart/clear',
  all_products_collection_url: '/collections/all',
  predictive_search_url: '/search/suggest',
  search_url: '/search',
  account_url: '/account',
  account_login_url: '/account/login',
};

/** The template for a path. */
export const templateOf = (path: string) => (path.startsWith('/cart') ? 'cart' : 'page');

/** Liquid's global objects on a page. */
export function pageObjects(path: string, cart: Cart, header: string): Scope {
  const name = templateOf(path);
  return {
    cart: cart.liquid(),
    template: { name, toString: () => name },
    page: { title: 'About us', content: '<p>We sell what helps.</p>' },
    page_title: 'A shop',
    canonical_url: '',
    request: { design_mode: false, locale: { iso_code: 'en' }, path, page_type: name, origin: '' },
    routes: ROUTES,
    shop: {
      name: 'A shop',
      url: '',
      permanent_domain: 'an-example.myshopify.com',
      money_format: '${{amount}}',
      currency: 'USD',
    },
    localization: {
      available_countries: [],
      available_languages: [],
      country: { currency: { iso_code: 'USD', symbol: '$' } },
      language: { iso_code: 'en' },
    },
    linklists: {},
    additional_checkout_buttons: true,
    content_for_additional_checkout_buttons: WALLET,
    content_for_header: header,
  };
}
