import { css } from 'lit';

/** Styles of all dialogs. A dialog has its own background; its buttons have the colours of the element's theme. */
export const dialogStyles = css`
  dialog {
    box-sizing: border-box;
    width: min(34em, 100vw - 1em);
    max-width: none;
    max-height: calc(100dvh - 1em);
    margin: auto;
    padding: clamp(1em, 5vw, 1.75em);
    border: 1px solid transparent;
    border-radius: min(2 * var(--hsa-radius, 8px), 16px);
    overscroll-behavior: contain;
    background: Canvas;
    background: light-dark(#fff, #17201d);
    color: CanvasText;
    color: light-dark(#1c2421, #eef4f1);
    font-weight: 400;
    text-align: start;
    text-wrap: pretty;
    visibility: visible;
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
    background: var(--hsa-background, var(--_fill, var(--_edge)));
    color: var(--hsa-color, var(--_text));
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover,
  button[aria-disabled] {
    box-shadow: inset 0 0 0 9em color-mix(in srgb, currentColor 10%, #0000);
  }
  button:active {
    box-shadow: inset 0 0 0 9em #0003;
  }
  :focus-visible {
    outline: 3px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    dialog {
      border-color: CanvasText;
    }
  }
`;
