import { loadScript } from '@paypal/paypal-js';

export const paypal = await loadScript({ clientId: 'of-nobody' });
