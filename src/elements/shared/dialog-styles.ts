import { css } from 'lit';

/**
 * Styles of all dialogs. A dialog has its own background; its buttons have the colours of the element's theme. On a narrow page
 * it is a sheet at the lower edge. Its actions stay in sight while the rest scrolls. They are inside of what scrolls, so that
 * the arrow keys scroll also while a button has the focus; the scroll padding keeps a focused field above them (WCAG 2.4.11).
 *
 * Hover and pressed are a layer over the button, because WebKit paints no inset shadow whose spread is over half of the box. The
 * focus ring has the dialog's text colour inside, because a shop's accent may be as light as the dialog.
 */
export const dialogStyles = css`
  dialog {
    --_pad: clamp(1em, 5vw, 1.75em);
    --_ink: light-dark(#1c2421, #eef4f1);
    box-sizing: border-box;
    width: min(34em, 100vw - 1em);
    max-width: none;
    max-height: calc(100dvh - 1em);
    margin: auto;
    padding: var(--_pad) var(--_pad) 0;
    border: 1px solid transparent;
    border-radius: min(2 * var(--hsa-radius, 8px), 16px);
    overscroll-behavior: contain;
    scroll-padding-block: 3em 8em;
    background: Canvas;
    background: light-dark(#fff, #17201d);
    color: CanvasText;
    color: var(--_ink);
    font-weight: 400;
    text-align: start;
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
  form,
  .actions {
    background: inherit;
  }
  .actions {
    position: sticky;
    bottom: -1px;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.75em;
    margin: 1.5em calc(-1 * var(--_pad)) 0;
    padding: 0.75em var(--_pad) max(0.75em, env(safe-area-inset-bottom));
    border-top: 1px solid color-mix(in srgb, currentColor 15%, #0000);
  }
  button {
    position: relative;
    flex: 1 1 8em;
    min-height: 48px;
    padding: 0.625em 0.75em;
    border: 1px solid;
    border-color: var(--hsa-border-color, var(--_edge));
    border-radius: var(--hsa-radius, 8px);
    background: var(--hsa-background, var(--_fill, var(--_edge)));
    color: var(--hsa-color, var(--_text));
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button::after {
    content: '';
    position: absolute;
    inset: -1px;
    border-radius: inherit;
    background: currentColor;
    opacity: 0;
  }
  button:hover::after,
  button[aria-disabled]::after {
    opacity: 0.1;
  }
  button:active::after {
    background: #000;
    opacity: 0.2;
  }
  :focus-visible {
    outline: 2px solid;
    outline-color: var(--hsa-accent, var(--_edge));
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_ink);
  }
  @media (max-width: 36em) {
    dialog {
      width: 100%;
      margin-bottom: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] {
        animation: rise 0.25s ease-out;
      }
    }
  }
  @keyframes rise {
    from {
      translate: 0 100%;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border-color: CanvasText;
    }
  }
`;
