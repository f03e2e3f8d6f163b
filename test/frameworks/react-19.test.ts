import { expect } from '@open-wc/testing';
import { version } from 'react';
import { expectReactComponents } from './react-suite.js';

it('runs with React 19', () => expect(version).to.match(/^19\./));
expectReactComponents('19');
