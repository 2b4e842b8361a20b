import type { FieldChange } from '../../../model/plan.ts';
import { hasDrifted, type DriftReport } from '../../drift-report.ts';
import { isLongText } from '../value.ts';
import { count } from '../../text.ts';
import { outdatedText, unmarkedText } from '../drift.ts';
import { diff, shown, textOf } from './change.ts';
import { anchor, html } from './escape.ts';
import { pageOf } from './shell.ts';

/** What was changed outside of Git, as one page: what Git applied on the left, what Azure has on the right. */
export function driftPage(report: DriftReport, tool: string): string {
  const { environment, changed, deleted, different } = report;
  const sections = [
    ...changed.map(({ id, fields }) => card(id, 'update', '! changed', fieldTable(fields))),
    ...deleted.map((id) => card(id, 'delete', '! deleted', '<p>It is declared and was applied, and is gone.</p>')),
    ...report.unmarked.map((id) => card(id, 'update', '! mark removed', '<p>Apply writes it again.</p>')),
    ...report.outdated.map(({ id, reason }) => card(id, 'update', '! outdated', `<p>${html(reason)}</p>`)),
    ...different.map((id) => card(id, 'update', '~ differs', '<p>Azure differs from the files.</p>')),
  ];
  return pageOf({
    title: `ingate drift: ${environment}`,
    skipTo: { anchor: 'drift', text: 'Skip to the drift' },
    header: `<p><strong>${html(verdict(report))}</strong></p>\n${facts(report)}`,
    main: `<h2 id="drift">Changed outside of Git</h2>
${sections.length === 0 ? '<p>Nothing. Azure is as it was applied.</p>' : sections.join('\n')}
${unchecked(report)}`,
    tool,
  });
}

function verdict(report: DriftReport): string {
  const { base, changed, deleted, different } = report;
  if (!hasDrifted(report)) return 'No drift.';
  if (base === null) return `${count(different.length, 'resource')} in Azure differ from the files.`;
  const fields = changed.reduce((sum, one) => sum + one.fields.length, 0);
  return `${count(fields, 'field')} of ${count(changed.length, 'resource')} changed, ${count(deleted.length, 'resource')} deleted${unmarkedText(report)}${outdatedText(report)}.`;
}

function facts({ base, baseMissing }: DriftReport): string {
  const since = base ?? `not known: ${baseMissing ?? 'nothing was applied from a clean commit yet'}`;
  return `<dl class="facts"><dt>since commit</dt><dd><code>${html(since)}</code></dd></dl>`;
}

function card(id: string, type: 'update' | 'delete', tag: string, body: string): string {
  return `<section class="card ${type}" id="${anchor(id)}" aria-labelledby="${anchor(id)}-t">
<h3 id="${anchor(id)}-t"><span class="tag t-drift">${html(tag)}</span> ${html(id)}</h3>
${body}</section>`;
}

function fieldTable(fields: readonly FieldChange[]): string {
  const rows = fields.map(
    (field) => `<tr><th scope="row">${html(field.label)}</th>${cells(field)}<td>${remark(field)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">field</th><th scope="col">applied from Git</th><th scope="col">in Azure</th><th scope="col">remark</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function remark({ class: of }: FieldChange): string {
  return of === 'conflict' ? 'changed in Git as well' : '';
}

function cells({ before, after, sensitive }: FieldChange): string {
  if (sensitive) return '<td colspan="2">(sensitive value)</td>';
  if (isLongText(before) || isLongText(after)) return `<td colspan="2">${diff(textOf(after), textOf(before))}</td>`;
  return `<td>${shown(after)}</td><td>${shown(before)}</td>`;
}

function unchecked({ unchecked: all }: DriftReport): string {
  if (all.length === 0) return '';
  const items = all.map(({ id, fields }) => `<li>${html(id)}: ${html(fields.join(', '))}</li>`);
  return `<section><h2>Not compared, because Azure never returns it</h2><ul>${items.join('')}</ul></section>`;
}
