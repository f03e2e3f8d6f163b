/** The style sheet of the payment pages. */
export const PAY_CSS = `
:root {
  color-scheme: light dark;
  --paper: #f4f5f7; --sheet: #fff; --ink: #16202c; --soft: #56626f; --line: #d9dee4;
  --accent: #0b5c8a; --on-accent: #fff; --warn-ink: #8c1d18; --warn: #fdeceb; --tag: #e3f1ec; --tag-ink: #0c5a44;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10161d; --sheet: #19222c; --ink: #eaf0f6; --soft: #a5b2bf; --line: #334150;
    --accent: #7cc4ee; --on-accent: #06263a; --warn-ink: #ffb4ab; --warn: #40201d; --tag: #173a30; --tag-ink: #93dcc3;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); }
.banner { padding: .6rem 1rem; text-align: center; background: #ffd866; color: #33270a; font-size: .9rem; }
.banner p { margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { margin: 0; font-size: clamp(1.7rem, 5vw, 2.3rem); line-height: 1.2; letter-spacing: -.02em; }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
.shop { margin: 0 0 .25rem; font-weight: 600; color: var(--soft); overflow-wrap: anywhere; }
.note { margin: .25rem 0 0; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.columns { display: grid; gap: 1.5rem; margin-top: 1.5rem; }
@media (min-width: 48rem) {
  main { padding-top: 3rem; }
  .columns { grid-template-columns: minmax(0, 1fr) 22rem; align-items: start; gap: 2.5rem; }
}
form { display: grid; gap: 1.25rem; }
fieldset, .summary { margin: 0; min-width: 0; padding: 1.25rem; border: 1px solid var(--line); border-radius: 14px; background: var(--sheet); }
fieldset { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: .5rem; }
fieldset > :not(.card) { grid-column: 1 / -1; }
legend { float: left; width: 100%; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; padding: 0; margin-bottom: .25rem; font-weight: 650; }
.amount, dd, .number, li > span:nth-child(2) { font-variant-numeric: tabular-nums; }
.card { display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; align-items: center; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 10px; cursor: pointer; }
.card input { grid-row: span 2; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
.card .name { line-height: 1.35; }
.card .number { grid-column: 2; color: var(--soft); font-size: .875rem; letter-spacing: .04em; }
.card:hover { border-color: var(--soft); }
.card:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.card:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.card input:focus-visible { outline: none; }
.pay, .cancel { font: inherit; min-height: 48px; padding: .7rem 1.25rem; border-radius: 10px; cursor: pointer; }
.pay { border: 1px solid transparent; background: var(--accent); color: var(--on-accent); font-weight: 650; text-decoration: none; }
.pay:hover { filter: brightness(1.08); }
.cancel { border: 1px solid transparent; background: none; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert { padding: .9rem 1.1rem; border: 1px solid var(--warn-ink); border-radius: 10px; background: var(--warn); color: var(--warn-ink); }
.alert p { margin: 0; }
.wrong { margin: 0; color: var(--warn-ink); }
ul { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; padding: .7rem 0; border-top: 1px solid var(--line); }
.what { overflow-wrap: anywhere; }
.times { color: var(--soft); white-space: nowrap; }
.tag { grid-column: 1 / -1; justify-self: start; padding: .1rem .55rem; border-radius: 6px; background: var(--tag); color: var(--tag-ink); font-size: .8rem; }
dl { margin: 0; padding-top: .7rem; border-top: 1px solid var(--line); }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .15rem 0; }
dt, dd { margin: 0; }
dt { color: var(--soft); }
.total { margin-top: .5rem; font-weight: 650; font-size: 1.1rem; }
.total dt { color: inherit; }
.closed { max-width: 34rem; margin: 10vh auto 0; text-align: center; }
.closed p { margin: .75rem 0 1.75rem; color: var(--soft); }
.closed .pay { display: inline-block; }
@media (forced-colors: active) {
  .pay, .cancel { border-color: ButtonText; }
  .card:has(:checked) { outline: 2px solid Highlight; }
}
`;
