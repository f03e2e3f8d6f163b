import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as tables from '../../src/frameworks/properties.js';
import { analyze, elementsOf, ROOT } from '../../src/manifest/manifest.js';
import { withTables } from '../../src/manifest/tables.js';
import { elementTypes, TYPES_FILE } from '../../src/manifest/types.js';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = analyze();
const elements = elementsOf(manifest);

describe('the manifest of the elements', () => {
  it('contains the three elements', () => {
    assert.deepEqual(elements.map(({ tagName }) => tagName).sort(), [
      'hsa-checkout-button',
      'hsa-checkout-status',
      'hsa-eligibility-badge',
    ]);
  });

  it('has a description of every item, and the type of every attribute and event', () => {
    for (const { tagName, members, attributes, events, ...style } of elements) {
      const { slots = [], cssParts = [], cssProperties = [], cssStates = [] } = style;
      const items = [
        ...members,
        ...attributes,
        ...events,
        ...slots,
        ...cssParts,
        ...cssProperties,
        ...cssStates,
      ];
      for (const { name, description } of items) assert.ok(description, `${tagName} ${name}`);
      for (const { name, type } of [...attributes, ...events]) assert.ok(type.text, `${tagName} ${name}`);
    }
  });

  it('contains no internals', () => {
    const names = elements
      .flatMap(({ members, attributes }) => [...members, ...attributes])
      .map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => /^#|^(cartJson|outcome|render|content|hosts|leave|styles|version)$/.test(name)),
      [],
    );
  });

  const { buttonProperties, badgeProperties, statusProperties, buttonEvents, badgeEvents, statusEvents } =
    tables;
  const wrappers = {
    CheckoutButton: { properties: buttonProperties, events: buttonEvents },
    EligibilityBadge: { properties: badgeProperties, events: badgeEvents },
    CheckoutStatus: { properties: statusProperties, events: statusEvents },
  };
  for (const [name, { properties, events }] of Object.entries(wrappers)) {
    const element = elements.find((one) => one.name === name)!;

    it(`has the properties and attributes of ${name} that the wrappers set`, () => {
      const settable = element.members.filter(({ kind, readonly }) => kind === 'field' && !readonly);
      assert.deepEqual(Object.fromEntries(settable.map((field) => [field.name, field.attribute])), {
        ...properties,
      });
    });

    it(`has the events of ${name} that the wrappers emit`, () => {
      assert.deepEqual(element.events.map((event) => event.name).sort(), Object.values(events).sort());
    });
  }
});

describe('the files generated from the manifest', () => {
  it('is in docs/api.md: src/manifest/write.ts writes it', () => {
    const reference = read('docs/api.md');
    // Three tables for each of the three elements.
    assert.equal(reference.match(/<!-- api /g)!.length, 9);
    assert.equal(reference, withTables(reference, manifest));
  });

  it('is in src/frameworks/types: src/manifest/write.ts writes it', () => {
    assert.equal(read(TYPES_FILE), elementTypes(manifest));
  });
});
