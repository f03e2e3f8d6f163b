import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import '../../src/status.js';
