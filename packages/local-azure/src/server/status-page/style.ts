/** The look of the status page, for light and dark displays. */
export const STYLE = `
:root { color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c); --card: light-dark(#fff, #1c2128); --line: light-dark(#e1e5ea, #2f363f);
  --text: light-dark(#1c232b, #e4e8ee); --dim: light-dark(#5c6873, #94a0ad); --accent: light-dark(#0b62c4, #6cb2ff);
  --good: light-dark(#146c3c, #5fd08d); --bad: light-dark(#b3261e, #ff8a80); --busy: light-dark(#8a5a00, #f0be5c); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
main, header { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 24px; display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; }
h1 { font-size: 22px; margin: 0; }
h2 { font-size: 15px; margin: 28px 0 8px; }
h2 span, .dim, header p { color: var(--dim); font-weight: normal; }
header p { margin: 0; }
a { color: var(--accent); }
code, .mono { font-family: ui-monospace, "Cascadia Code", Menlo, monospace; font-size: 12.5px; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 18px 0 0; padding: 0; list-style: none; }
.tiles li, .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.tiles li { padding: 10px 14px; color: var(--dim); }
.tiles b { display: block; font-size: 22px; line-height: 1.25; color: var(--text); }
.card { margin: 0 0 10px; overflow-x: auto; }
.card summary, .card .title { padding: 9px 14px; font-weight: 600; }
.card summary { cursor: pointer; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 6px 14px; border-top: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; font-size: 12px; color: var(--dim); }
.number { text-align: right; white-space: nowrap; }
td.time { white-space: nowrap; overflow-wrap: normal; }
.good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; margin: 0 4px 2px 0; font-size: 12px; }
meter { width: 110px; height: 12px; vertical-align: middle; margin-right: 8px; }
.empty { padding: 10px 14px; color: var(--dim); }
footer { max-width: 1180px; margin: 24px auto; padding: 0 20px; color: var(--dim); }
@media (max-width: 640px) { .optional { display: none; } }
`;
