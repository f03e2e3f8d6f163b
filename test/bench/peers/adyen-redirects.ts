import { AdyenCheckout, Redirect } from '@adyen/adyen-web';

/** A Redirect component in each of the page's placeholders. Its requests to Adyen's hosts get no response. */
void AdyenCheckout({ environment: 'test', clientKey: 'test_OF_NOBODY', countryCode: 'US' }).then(
  (checkout) => {
    for (const place of document.querySelectorAll<HTMLElement>('.redirect'))
      new Redirect(checkout, { type: 'paypal' }).mount(place);
  },
);
