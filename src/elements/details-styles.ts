import type { css as Css } from 'lit';

/** The dialog's looks: a surface of its own, in the colours of the button's theme. */
export const detailsStyles = (css: typeof Css) => css`
  :host {
    --_line: light-dark(#75817d, #8a9893);
    --_bad: light-dark(#b3261e, #ffb4ab);
  }
  dialog {
    box-sizing: border-box;
    width: min(34rem, 100vw - 1rem);
    max-width: none;
    max-height: calc(100dvh - 1rem);
    margin: auto;
    padding: clamp(1rem, 5vw, 1.75rem);
    border: 1px solid transparent;
    border-radius: 16px;
    overscroll-behavior: contain;
    background: Canvas;
    background: light-dark(#fff, #17201d);
    color: CanvasText;
    color: light-dark(#1c2421, #eef4f1);
    font-weight: 400;
    text-align: start;
    box-shadow: 0 12px 48px #0006;
  }
  dialog::backdrop {
    background: #0d1613a6;
  }
  h2,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.375em;
    line-height: 1.25;
  }
  h2 + p {
    margin-top: 0.25em;
    opacity: 0.85;
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
  label {
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
  [aria-invalid] {
    border-color: var(--hsa-error-color, var(--_bad));
    box-shadow: inset 0 0 0 1px var(--hsa-error-color, var(--_bad));
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
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
    margin-top: 1.5em;
  }
  button {
    flex: 1 1 8em;
    min-height: 48px;
    padding: 0.75em 1em;
    border: 1px solid;
    border-color: var(--hsa-border-color, var(--_edge));
    border-radius: var(--hsa-radius, 8px);
    background: var(--hsa-background, var(--_fill));
    color: var(--hsa-color, var(--_text));
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button[type='submit'] {
    flex: 2 1 14em;
  }
  button[type='button'] {
    border-color: transparent;
    background: none;
    color: inherit;
  }
  button:hover {
    opacity: 0.9;
  }
  :focus-visible {
    outline: 3px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 1px;
  }
  [role='status'] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
  @media (forced-colors: active) {
    dialog,
    button[type='button'] {
      border-color: CanvasText;
    }
  }
`;
