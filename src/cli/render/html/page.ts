import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { Graph } from '../../../model/graph.ts';
import type { Change, Plan } from '../../../model/plan.ts';
import { countChanges, deletedOutside, driftedFields } from '../summary.ts';
import { changeSection } from './change.ts';
import { anchor, html } from './escape.ts';
import { graphSvg } from './graph.ts';
import { hashOf } from './policy.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const ACTIONS: readonly Change['action'][] = ['create', 'update', 'replace', 'delete', 'run'];

/** A plan as one page that needs no network: everything is in it, and only its own style and script may run. */
export function planPage(plan: Plan, graph: Graph): string {
  const shown = plan.changes.filter((change) => change.action !== 'keep' || change.note !== undefined);
  const listed = new Set<string>(shown.map(({ id }) => id));
  const name = plan.environment.name;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'">
<title>ingate plan: ${html(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
<header>
<h1>ingate plan: ${html(name)}</h1>
<p><strong>${html(verdict(plan))}</strong></p>
${facts(plan)}
</header>
<main>
${cautions(plan)}${problems('This plan must not be applied', plan.refusals)}${problems('Warnings', plan.warnings)}
<h2 id="changes">Changes</h2>
${filter(shown)}
${shown.length === 0 ? '<p>No changes. Azure matches the files.</p>' : shown.map((change) => changeSection(change, listed)).join('\n')}
${leftovers(plan)}${unchecked(plan)}
<h2>Graph</h2>
<p class="dim">From left to right: what comes first. + create, ~ update, -/+ replace, - delete, &gt; run, = unchanged.</p>
${graphSvg(graph, plan.changes)}
</main>
<footer class="dim">${html(plan.tool)}</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function verdict(plan: Plan): string {
  const { add, change, destroy, run } = countChanges(plan);
  if (plan.refusals.length > 0) return 'Refused: this plan must not be applied.';
  if (add + change + destroy + run === 0) return 'No changes.';
  return `${add} to add, ${change} to change, ${destroy} to destroy, ${run} to run.`;
}

function facts(plan: Plan): string {
  const { environment, head, base, baseMissing, digest } = plan;
  const drift = driftedFields(plan) + deletedOutside(plan);
  const rows: readonly (readonly [string, string])[] = [
    ['where', `${environment.cloud}, ${environment.resourceGroup}, ${environment.location}`],
    ['commit', `${head.commit ?? 'none'}${head.dirty ? ' with uncommitted changes' : ''}`],
    ['applied before', base ?? baseMissing ?? 'nothing'],
    ['drift', drift === 0 ? 'none' : `${drift} fields or resources changed outside of Git`],
    ['digest', digest],
  ];
  return `<dl class="facts">${rows.map(([term, text]) => `<dt>${html(term)}</dt><dd><code>${html(text)}</code></dd>`).join('')}</dl>`;
}

/** What destroys or needs a second look stands first. */
function cautions({ changes }: Plan): string {
  const found = changes.filter(
    ({ action, risk }) => action === 'delete' || action === 'replace' || risk.some(({ level }) => level === 'high'),
  );
  if (found.length === 0) return '';
  const items = found.map(({ id, action, risk }) => {
    const texts = risk.length > 0 ? risk.map(({ message }) => message) : [action];
    return `<li><a href="#${anchor(id)}">${html(id)}</a>: ${html(texts.join('; '))}</li>`;
  });
  return `<section class="caution" aria-labelledby="caution"><h2 id="caution">Look at this first</h2><ul>${items.join('')}</ul></section>`;
}

function problems(title: string, list: readonly Diagnostic[]): string {
  if (list.length === 0) return '';
  const items = list.map(
    ({ code, message, hint }) =>
      `<li><strong>${html(code)}</strong> ${html(message)}${hint === undefined ? '' : ` <span class="dim">${html(hint)}</span>`}</li>`,
  );
  return `<section><h2>${html(title)}</h2><ul>${items.join('')}</ul></section>`;
}

function filter(shown: readonly Change[]): string {
  const present = ACTIONS.filter((action) => shown.some((change) => change.action === action));
  const extra = shown.some(({ action }) => action === 'keep') ? (['keep'] as const) : [];
  const boxes = [...present, ...extra].map(
    (action) => `<label><input type="checkbox" value="${action}" checked> ${action}</label>`,
  );
  return `<form id="filter" class="filter" hidden role="search"><label>Filter <input id="filter-text" type="search"></label>${boxes.join('')}<span id="filter-count" role="status"></span></form>`;
}

function leftovers({ leftovers: all }: Plan): string {
  if (all.length === 0) return '';
  return `<section><h2>Left in Azure, no longer in Git</h2><ul>${all.map(({ id }) => `<li>${html(id)}</li>`).join('')}</ul></section>`;
}

function unchecked({ changes }: Plan): string {
  const found = changes.filter((change) => change.unchecked.length > 0);
  if (found.length === 0) return '';
  const items = found.map(({ id, unchecked: fields }) => `<li>${html(id)}: ${html(fields.join(', '))}</li>`);
  return `<section><h2>Not compared, because Azure never returns it</h2><ul>${items.join('')}</ul></section>`;
}
