import { html, type Markup } from './markup.js';

/** Wraps a page's content in the layout of all pages, with the notice that no money moves. */
export function layout(payPath: string, title: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${payPath}/style.css" />
      </head>
      <body>
        <header class="banner">
          <p><strong>Sandbox.</strong> No card is charged and no money moves.</p>
        </header>
        <main>${content}</main>
      </body>
    </html>`;
}

/** Returns a function that formats cents in a currency. */
export function moneyIn(currency: string): (cents: number) => string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const unit = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return (cents) => format.format(cents / unit);
}
