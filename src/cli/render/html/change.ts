import type { Json } from '../../../model/json.ts';
import { remarkTexts } from '../remarks.ts';
import type { Change, FieldChange } from '../../../model/plan.ts';
import { kindOf } from '../../../model/resource-id.ts';
import { inlineSchema } from '../../../model/schema.ts';
import { reconcilerOf } from '../../../reconcilers/registry.ts';
import { inline, isLongText, leaves } from '../value.ts';
import { wordChanges, type Piece } from '../text-changes.ts';
import { anchor, html } from './escape.ts';

const VERBS: Readonly<Record<Change['action'], string>> = {
  keep: '= keep',
  create: '+ create',
  update: '~ update',
  replace: '-/+ replace',
  delete: '- delete',
  run: '> run',
};

/** One change with its fields, risks and what it waits for. */
export function changeSection(change: Change, listed: ReadonlySet<string>): string {
  const drift = driftedCount(change) > 0 ? ' <span class="tag t-drift">! drift</span>' : '';
  return `<section class="card ${change.action}" data-change="${change.action}" id="${anchor(change.id)}" aria-labelledby="${anchor(change.id)}-t">
<h3 id="${anchor(change.id)}-t"><span class="tag t-${change.action}">${html(VERBS[change.action])}</span> ${html(change.id)}${drift}</h3>
${remarks(change)}${risks(change)}${body(change)}${waits(change, listed)}</section>`;
}

function driftedCount(change: Change): number {
  if (change.action === 'create') return change.drift ? 1 : 0;
  const fields = change.action === 'update' || change.action === 'replace' ? change.fields : [];
  return fields.filter(({ class: of }) => of === 'drift' || of === 'conflict').length;
}

function remarks(change: Change): string {
  const texts = remarkTexts(change);
  return texts.length === 0 ? '' : `<p class="dim">${html(texts.join('; '))}</p>`;
}

function risks({ risk }: Change): string {
  if (risk.length === 0) return '';
  return `<ul>${risk.map(({ id, level, message }) => `<li><strong>${html(id)}</strong> (${html(level)}): ${html(message)}</li>`).join('')}</ul>`;
}

function body(change: Change): string {
  if (change.action === 'run')
    return `<p>${html(change.task.title)}<br><span class="dim">${html(change.task.reason)}</span></p>`;
  if (change.action === 'update' || change.action === 'replace') return fieldTable(change.fields);
  if (change.action !== 'create') return '';
  const kind = reconcilerOf(change.id);
  const rows = leaves(change.after, kind && inlineSchema(kind.schema)).map(
    ({ label, value }) => `<tr><th scope="row">${html(label)}</th><td>${shown(value)}</td></tr>`,
  );
  return `<details><summary>${rows.length} fields</summary><table><thead><tr><th scope="col">field</th><th scope="col">value</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

function fieldTable(fields: readonly FieldChange[]): string {
  if (fields.length === 0) return '';
  const rows = fields.map(
    (field) => `<tr><th scope="row">${html(field.label)}</th>${cells(field)}<td>${html(field.class)}</td></tr>`,
  );
  return `<table class="fields"><thead><tr><th scope="col">field</th><th scope="col">in Azure</th><th scope="col">in Git</th><th scope="col">class</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cells({ before, after, sensitive, unknown }: FieldChange): string {
  if (sensitive) return '<td colspan="2">(sensitive value)</td>';
  if (isLongText(before) || isLongText(after)) return `<td colspan="2">${diff(textOf(before), textOf(after))}</td>`;
  return `<td>${shown(before)}</td><td>${unknown ? '? known after apply' : shown(after)}</td>`;
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Lines that go and lines that come, edited lines word by word; told by signs as well as by colour. */
export function diff(before: string, after: string): string {
  const marked = wordChanges(before, after, 3).flatMap((line): string[] => {
    switch (line.type) {
      case 'place':
        return [];
      case 'added':
        return [`<ins>${html(line.text) || ' '}</ins>`];
      case 'removed':
        return [`<del>${html(line.text) || ' '}</del>`];
      case 'context':
        return [`<span class="ctx">${html(line.text) || ' '}</span>`];
      case 'changed':
        return [`<span class="edited">${line.pieces.map(piece).join('')}</span>`];
    }
  });
  return `<pre class="diff">${marked.join('')}</pre>`;
}

function piece({ text, change }: Piece): string {
  if (change === 'added') return `<ins>${html(text)}</ins>`;
  return change === 'removed' ? `<del>${html(text)}</del>` : html(text);
}

const LONG = 400;

export function shown(value: Json | undefined): string {
  if (value === undefined) return '<span class="dim">not set</span>';
  const text = isLongText(value) && typeof value === 'string' ? value : inline(value);
  const block = text.includes('\n') ? `<pre>${html(text)}</pre>` : `<code>${html(text)}</code>`;
  return text.length > LONG ? `<details><summary>${text.length} characters</summary>${block}</details>` : block;
}

function waits({ dependsOn }: Change, listed: ReadonlySet<string>): string {
  const own = dependsOn.filter((id) => listed.has(id) && kindOf(id) !== 'Environment');
  if (own.length === 0) return '';
  return `<p class="dim">waits for ${own.map((id) => `<a href="#${anchor(id)}">${html(id)}</a>`).join(', ')}</p>`;
}
