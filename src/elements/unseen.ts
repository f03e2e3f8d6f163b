import type { css as Css } from 'lit';

/** What is for ears only. Not `display: none`: what is not there is not spoken of. */
export const unseen = (css: typeof Css) => css`
  [role='status'] {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
`;
