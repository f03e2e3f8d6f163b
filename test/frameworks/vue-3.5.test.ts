import { expect } from '@open-wc/testing';
import { version } from 'vue';
import { expectVueComponents } from './vue-suite.js';

it('runs with Vue 3.5', () => expect(version).to.match(/^3\.5\./));
expectVueComponents('3.5');
