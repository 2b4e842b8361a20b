/** The style of the report: light and dark, for the screen and for paper. Colours keep a contrast of 4.5 to 1. */
export const STYLE = `
:root { color-scheme: light dark; --bg:#ffffff; --fg:#1b1f24; --dim:#57606a; --line:#d0d7de; --card:#f6f8fa; --add:#116329; --change:#7d4e00; --remove:#a40e26; --run:#0550ae; --drift:#6639ba; --focus:#0969da; }
@media (prefers-color-scheme: dark) { :root { --bg:#0d1117; --fg:#e6edf3; --dim:#9da7b3; --line:#30363d; --card:#161b22; --add:#56d364; --change:#e3b341; --remove:#ff7b72; --run:#79c0ff; --drift:#d2a8ff; --focus:#58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
a { color: var(--run); } :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--bg); padding: .5rem; }
h1 { font-size: 1.6rem; margin: .2rem 0; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; margin: 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dl.facts dd { margin: 0; } dt { color: var(--dim); }
.caution { border: 2px solid var(--remove); border-radius: .5rem; padding: .5rem 1rem; }
.card { border: 1px solid var(--line); border-left: .4rem solid var(--dim); border-radius: .4rem; background: var(--card); padding: .7rem 1rem; margin: .8rem 0; } .card p, .card ul { margin: .3rem 0; }
.create { border-left-color: var(--add); } .update { border-left-color: var(--change); } .delete, .replace { border-left-color: var(--remove); } .run { border-left-color: var(--run); }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
.t-create { color: var(--add); } .t-update { color: var(--change); } .t-delete, .t-replace { color: var(--remove); } .t-run { color: var(--run); } .t-keep { color: var(--dim); } .t-drift { color: var(--drift); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; } th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .25rem .5rem; } th { font-weight: 600; } table.fields th:first-child { min-width: 14rem; } table.fields td:last-child { white-space: nowrap; overflow-wrap: normal; }
pre { white-space: pre-wrap; margin: 0; font: .9rem/1.45 ui-monospace, monospace; } code { font: .95em ui-monospace, monospace; }
ins { color: var(--add); text-decoration: none; } ins::before { content: '+ '; } del { color: var(--remove); text-decoration: none; } del::before { content: '- '; } .ctx::before { content: '  '; } .edited::before { content: '~ '; color: var(--change); } .edited ins::before, .edited del::before, .edited ins::after, .edited del::after { content: none; } .edited ins { text-decoration: underline; } .edited del { text-decoration: line-through; } .diff > * { display: block; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; } .filter input[type=search] { font: inherit; padding: .3rem .5rem; min-width: 16rem; max-width: 100%; }
.graph { overflow: auto; border: 1px solid var(--line); border-radius: .4rem; } .graph svg { display: block; } .graph text { fill: var(--fg); font: 12px system-ui, sans-serif; } .graph rect { fill: var(--card); stroke: var(--dim); } .graph path { fill: none; stroke: var(--dim); stroke-opacity: .45; }
.graph .create rect { stroke: var(--add); stroke-width: 2; } .graph .update rect { stroke: var(--change); stroke-width: 2; stroke-dasharray: 6 3; } .graph .delete rect, .graph .replace rect { stroke: var(--remove); stroke-width: 3; } .graph .run rect { stroke: var(--run); stroke-width: 2; stroke-dasharray: 2 2; }
[hidden] { display: none !important; } .dim { color: var(--dim); }
@media (max-width: 40rem) { dl.facts { grid-template-columns: 1fr; } }
@media print { .filter, .skip, .graph { display: none; } .card { break-inside: avoid; } }
`;
