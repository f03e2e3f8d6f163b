import { loadStripe } from '@stripe/stripe-js';

export const stripe = await loadStripe('pk_test_of_nobody');
