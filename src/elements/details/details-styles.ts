import { css } from 'lit';

/**
 * Styles of the dialog's form. Inputs have `unicode-bidi: plaintext`, so that a phone number reads left to right on every page.
 */
export const detailsStyles = css`
  :host {
    --_line: light-dark(#75817d, #8a9893);
    --_bad: light-dark(#b21, #fba);
  }
  h2 ~ p {
    margin-top: 0.25em;
    font-weight: 600;
  }
  #why {
    font-size: 0.875em;
    font-weight: 400;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0.875em 0.75em;
    min-width: 0;
    margin: 1.25em 0 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 0.625em;
    padding: 0;
    font-weight: 600;
  }
  fieldset > div {
    flex: 1 1 100%;
    min-width: 0;
  }
  [data-size='half'] {
    flex-basis: 11em;
  }
  [data-size='third'] {
    flex-basis: 7.5em;
  }
  [hidden] {
    display: none;
  }
  label,
  .label {
    display: block;
    margin-bottom: 0.375em;
    font-size: 0.875em;
    font-weight: 500;
  }
  label span {
    font-weight: 400;
    opacity: 0.8;
  }
  input,
  select {
    box-sizing: border-box;
    width: 100%;
    min-height: 46px;
    padding: 0.5em 0.75em;
    border: 1px solid var(--_line, currentColor);
    border-radius: var(--hsa-radius, 8px);
    background: Field;
    background: light-dark(#fff, #101715);
    color: inherit;
    font: inherit;
    font-size: max(1em, 16px);
  }
  input {
    unicode-bidi: plaintext;
  }
  [aria-invalid] {
    border: 2px solid var(--hsa-error-color, var(--_bad));
  }
  [data-error] {
    margin-top: 0.375em;
    color: var(--hsa-error-color, var(--_bad));
    font-size: 0.875em;
  }
  .same {
    display: flex;
    gap: 0.625em;
    align-items: center;
    min-height: 44px;
    margin: 0;
    font-size: 1em;
    font-weight: 400;
  }
  .same input {
    flex: none;
    width: 22px;
    min-height: 22px;
    margin: 0;
    accent-color: var(--hsa-accent, var(--_edge));
  }
  [role='status'] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  button[type='submit'] {
    flex: 1 1 7em;
  }
  button[type='button'] {
    flex: 0 1 auto;
    border-color: transparent;
    background: none;
    color: inherit;
  }
  @media (forced-colors: active) {
    button[type='button'] {
      border-color: CanvasText;
    }
    label span {
      opacity: 1;
    }
  }
`;
