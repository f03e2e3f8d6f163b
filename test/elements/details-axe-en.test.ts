import { testWithAxe } from './details-axe.js';

testWithAxe('en', 'Still working…');
