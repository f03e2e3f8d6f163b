import { testWithAxe } from './details-axe.js';

testWithAxe('es', 'Un momento más…');
