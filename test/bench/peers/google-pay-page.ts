/*
 * A page for Google Pay's element: its smallest configuration, set before the element, and a stub of pay.js. The real pay.js comes
 * from Google's host and creates the button. The stub creates a bare button at once, so that only the element's own time counts.
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
// Set before the element, because a later change cancels the first rendering.
for (const element of document.querySelectorAll('google-pay-button'))
  Object.assign(element, { paymentRequest });
