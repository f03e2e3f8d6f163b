import { AdyenCheckout, Redirect } from '@adyen/adyen-web';

/** A Redirect component in every place that the page has for one. What it asks of Adyen's hosts stays unanswered. */
void AdyenCheckout({ environment: 'test', clientKey: 'test_OF_NOBODY', countryCode: 'US' }).then(
  (checkout) => {
    for (const place of document.querySelectorAll<HTMLElement>('.redirect'))
      new Redirect(checkout, { type: 'paypal' }).mount(place);
  },
);
