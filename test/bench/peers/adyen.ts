import { AdyenCheckout, Redirect } from '@adyen/adyen-web';

const checkout = await AdyenCheckout({ environment: 'test', clientKey: 'test_OF_NOBODY', countryCode: 'US' });
export const redirect = new Redirect(checkout, { type: 'paypal' }).mount('#pay');
