/*
 * What a page with Google Pay's element holds besides: the least configuration, there before the element, and pay.js. Its
 * button itself is made by pay.js, which comes from Google's host: here a stub that is ready at once makes a bare button, so
 * that all of the time is the element's own.
 */

class PaymentsClient {
  createButton({ onClick }: { onClick: EventListener }): HTMLElement {
    const button = document.createElement('button');
    button.textContent = 'Buy with Google Pay';
    button.addEventListener('click', onClick);
    return button;
  }
  isReadyToPay = async () => ({ result: true });
  prefetchPaymentData(): void {}
}
Object.assign(globalThis, { google: { payments: { api: { PaymentsClient } } } });

const paymentRequest = {
  apiVersion: 2,
  apiVersionMinor: 0,
  allowedPaymentMethods: [],
  merchantInfo: { merchantId: 'nobody', merchantName: 'Nobody' },
  transactionInfo: { totalPriceStatus: 'FINAL', totalPrice: '49.95', currencyCode: 'USD', countryCode: 'US' },
};
// Set later, it would cancel the first rendering for good.
for (const element of document.querySelectorAll('google-pay-button'))
  Object.assign(element, { paymentRequest });
