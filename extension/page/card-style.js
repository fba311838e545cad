// @ts-check
// The card's own style. Adopted by its shadow root, so that no page rule reaches it and
// no Content-Security-Policy of the page stands in its way.

const LIGHT = `
  --ink: #1c1b1a; --muted: #6b6760; --ground: #fffdf9; --line: #e4e0d8;
  --person: #5b4bb7; --place: #0f7a6c; --date: #9a5b00;
  --contradicted: #c02626; --tint: #fdecea; --note: #8a6100; --supported: #2f7d3b;
  --shadow: 0 6px 24px rgb(28 27 26 / .16), 0 1px 3px rgb(28 27 26 / .12);`;
const DARK = `
  --ink: #e9e6e0; --muted: #a39d92; --ground: #202226; --line: #33353a;
  --person: #a99cf5; --place: #52c9b6; --date: #e3a14a;
  --contradicted: #ff7b72; --tint: #4a1f1f; --note: #e6b450; --supported: #7bcf88;
  --shadow: 0 6px 24px rgb(0 0 0 / .5), 0 0 0 1px #33353a;`;

export const CARD_STYLE = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  top: 0 !important;
  left: 0 !important;
  right: auto !important;
  bottom: auto !important;
  width: 0 !important;
  height: 0 !important;
  overflow: visible !important;
  z-index: 2147483647 !important;
}
.card {
  ${LIGHT}
  position: fixed;
  box-sizing: border-box;
  width: min(404px, calc(100vw - 16px));
  padding: 14px 16px 10px;
  overflow: auto;
  overscroll-behavior: contain;
  scrollbar-width: thin;
  scrollbar-color: var(--muted) transparent;
  border-radius: 10px;
  background: var(--ground);
  color: var(--ink);
  box-shadow: var(--shadow);
  font: 14px/1.45 system-ui, sans-serif;
  text-align: start;
  animation: appear 120ms ease-out;
}
.card { color-scheme: light }
.card.dark { ${DARK} color-scheme: dark; }
@keyframes appear { from { opacity: 0 } }
:focus-visible { outline: 2px solid var(--person); outline-offset: 2px; }
.card:focus-visible { outline-offset: -2px; }
h2 {
  display: flex;
  gap: 8px;
  align-items: baseline;
  margin: 0 0 8px;
  margin-inline-end: 28px;
  font: 600 14.5px/1.35 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
h2.contradicted { color: var(--contradicted) }
h2.note { color: var(--note) }
h2.supported { color: var(--supported) }
h2.person, h2.place, h2.date { display: block; margin-bottom: 2px; }
.sign {
  flex: none;
  width: 18px;
  height: 18px;
  border-radius: 50%;
  background: currentColor;
  font: 700 12px/18px system-ui, sans-serif;
  text-align: center;
  -webkit-text-fill-color: var(--ground);
}
.rows { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 10px; }
.rows:empty { display: none }
dt { color: var(--muted) }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
figure { margin: 0; padding: 10px 0; border-top: 1px solid var(--line); }
figure[hidden] { display: none }
blockquote { margin: 0 0 4px; font: 15px/1.4 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
figcaption { color: var(--muted); font-size: 12.5px; }
a { display: inline-block; min-height: 24px; color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; }
a:hover { color: var(--ink); text-decoration-color: currentColor; }
footer {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 14px;
  align-items: center;
  min-height: 26px;
  padding-top: 8px;
  border-top: 1px solid var(--line);
  color: var(--muted);
  font-size: 12.5px;
}
.kind { margin: 0 0 8px; color: var(--muted); font-size: 12.5px; }
footer + h2 { margin-top: 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { margin: 2px 0 4px; color: var(--muted); font: 12.5px/1.45 system-ui, sans-serif; }
dd .side { display: block }
ul { margin: 0 0 8px; padding: 0; list-style: none; }
li { margin: 0 0 4px; font-weight: 600; overflow-wrap: anywhere; }
li[hidden] { display: none }
li .kind { margin: 0; font-weight: 400; }
del { text-decoration: line-through 2px var(--contradicted); background: var(--tint); }
ins { text-decoration: underline 2px var(--supported); font-weight: 700; }
.rows.quote dd { font: 15px/1.4 Georgia, 'Times New Roman', serif; }
label { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
input { min-height: 28px; padding: 2px 6px; border: 1px solid var(--muted); border-radius: 5px; background: var(--ground); color: var(--ink); font: inherit; }
code { margin-inline-start: auto; font: 11.5px/1 ui-monospace, monospace; overflow-wrap: anywhere; }
button { font: inherit; color: inherit; background: none; border: 0; border-radius: 5px; cursor: pointer; }
footer button, .more { min-height: 24px; padding: 0; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; text-align: start; }
.close {
  position: absolute;
  top: 8px;
  inset-inline-end: 8px;
  width: 28px;
  height: 28px;
  padding: 0;
  color: var(--muted);
  font-size: 18px;
  line-height: 1;
}
button:hover { color: var(--ink); text-decoration-color: currentColor; }
@media (prefers-reduced-motion: reduce) { .card { animation: none } }
@media (forced-colors: active) {
  .card { border: 1px solid CanvasText }
  .sign { forced-color-adjust: none; background: CanvasText; -webkit-text-fill-color: Canvas; }
}
@media print { :host { display: none !important } }
`;
