import { expect } from '@open-wc/testing';
import { version } from 'react';
import { expectReactComponents } from './react-suite.js';

it('runs with React 18', () => expect(version).to.match(/^18\./));
expectReactComponents('18');
