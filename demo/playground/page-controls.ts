import { html } from 'hono/html';
import { dollars } from '../prices.js';
import { GOODS } from './cart.js';
import { picture, type Piece } from './picture.js';
import { CHOICES, COLOURS, DEFAULTS, RANGES, wordsOf } from './settings.js';

/** The fields for all settings, with the defaults. */
export function controls(): Piece {
  return html`${group(
      'Looks',
      html`${segments('theme', 'Theme')} ${segments('page', 'Page around it')} ${segments('badge', 'Badge')}
      ${segments('learnMore', 'Learn more')} ${segments('variant', 'Badge of a product')}
      ${(Object.keys(RANGES) as (keyof typeof RANGES)[]).map(slider)} ${colours()}`,
    )}
    ${group('Words', html`${label()} ${segments('locale', 'Language')}`)}
    ${group(
      'Cart',
      html`<ul class="goods">
          ${GOODS.map(quantity)}
        </ul>
        ${select('eligibility', 'Eligibility')} ${segments('whenRegular', 'Cart without eligible items')}`,
    )}
    ${group(
      'Checkout',
      html`${segments('network', 'Network')} ${segments('shopper', 'Shopper')}
      ${segments('details', 'Missing details')}`,
    )}
    <p class="reset"><button class="button quiet wide" type="reset">Start over</button></p>`;
}

function group(title: string, fields: Piece): Piece {
  return html`<section>
    <h2>${title}</h2>
    ${fields}
  </section>`;
}

type Choice = keyof typeof CHOICES;

/** Radio buttons with the look of one control, which the arrow keys move through. */
function segments(name: Choice, legend: string): Piece {
  return html`<fieldset class="segments">
    <legend>${legend}</legend>
    ${Object.entries(CHOICES[name]).map(
      ([value, text]) =>
        html`<label
          ><input
            type="radio"
            name="${name}"
            value="${value}"
            ${value === DEFAULTS[name] ? html`checked` : ''}
          /><span>${text}</span></label
        >`,
    )}
  </fieldset>`;
}

function select(name: Choice, text: string): Piece {
  return html`<p class="field">
    <label for="${name}">${text}</label>
    <select id="${name}" name="${name}">
      ${Object.entries(CHOICES[name]).map(([value, choice]) => html`<option value="${value}">${choice}</option>`)}
    </select>
  </p>`;
}

function slider(name: keyof typeof RANGES): Piece {
  const { min, max, label: text } = RANGES[name];
  return html`<p class="field slider">
    <label for="${name}">${text}</label>
    <output for="${name}" data-of="${name}">${wordsOf(DEFAULTS, name)}</output>
    <input type="range" id="${name}" name="${name}" min="${min}" max="${max}" value="${DEFAULTS[name]}" />
  </p>`;
}

function colours(): Piece {
  return html`<p class="field">
      <label class="check"><input type="checkbox" name="hasColours" /> Colours of your own</label>
    </p>
    <fieldset class="colours" id="colours" hidden>
      <legend class="hidden">Colours</legend>
      ${Object.entries(COLOURS).map(
        ([name, text]) =>
          html`<label
            ><input type="color" name="${name}" value="${DEFAULTS[name as keyof typeof COLOURS]}" />
            ${text}</label
          >`,
      )}
      <p class="small"><output id="contrast"></output></p>
    </fieldset>`;
}

function label(): Piece {
  return html`<p class="field">
    <label for="label">Label</label>
    <input
      id="label"
      name="label"
      maxlength="60"
      autocomplete="off"
      placeholder="Pay with HSA/FSA"
      aria-describedby="label-note"
    />
    <span class="small" id="label-note">It may not claim more than the default words.</span>
  </p>`;
}

function quantity(product: (typeof GOODS)[number]): Piece {
  const { id, name, priceCents } = product;
  return html`<li>
    ${picture(product)}
    <label for="${id}">${name} <span class="small">${dollars(priceCents)}</span></label>
    <input
      type="number"
      id="${id}"
      name="${id}"
      min="0"
      max="9"
      value="${DEFAULTS.quantities[id]}"
      inputmode="numeric"
    />
  </li>`;
}
