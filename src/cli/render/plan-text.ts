import type { Json } from '../../model/json.ts';
import { remarkTexts } from './remarks.ts';
import type { Change, FieldChange, Plan } from '../../model/plan.ts';
import { inlineSchema, type SpecSchema } from '../../model/schema.ts';
import { reconcilerOf } from '../../reconcilers/registry.ts';
import { count, signed, styled, type Line, type Segment, type Style } from '../text.ts';
import { unrecordedNote } from '../unrecorded.ts';
import { diagnosticLines } from './diagnostics.ts';
import { commonOf, foldedFields, foldedNote, type Common } from './folded.ts';
import { countChanges, deletedOutside, driftedFields } from './summary.ts';
import { textDiff } from './text-diff.ts';
import { inline, isLongText, leaves, SENSITIVE, UNKNOWN, type Leaf } from './value.ts';

/** What stands before a change, by its action. */
export const SYMBOLS: Readonly<Record<Change['action'], Segment>> = {
  keep: signed('dim', '=', '  ='),
  create: signed('add', '+', '  +'),
  update: signed('change', '~', '  ~'),
  replace: signed('remove', '-/+'),
  delete: signed('remove', '-', '  -'),
  run: signed('strong', '>', '  >'),
};

export interface PlanTextOptions {
  /** Every field of new resources; without it they take one line each. */
  readonly verbose?: boolean;
}

/**
 * A plan as people read it: every change with its fields, new resources on one line each, what was left alone counted, the
 * verdict last.
 */
export function planLines(plan: Plan, { verbose = false }: PlanTextOptions = {}): Line[] {
  const changed = plan.changes.filter((change) => change.action !== 'keep');
  const proven = plan.changes.filter((change) => change.action === 'keep' && change.note !== undefined);
  const common = commonOf(plan);
  const isFolded = (change: Change | undefined): boolean => change?.action === 'create' && !verbose;
  const shown = [...changed, ...proven];
  const lines = shown.flatMap((change, index): Line[] => {
    const own = changeLines(change, verbose ? undefined : common);
    return isFolded(change) && isFolded(shown[index + 1]) ? own : [...own, []];
  });
  const note = verbose ? [] : foldedNote(plan, schemaOf, common);
  return [environmentLine(plan), [], ...lines, ...footer(plan, changed), ...note];
}

/** Which environment a plan is for, and where that lies. */
export function environmentLine({ environment }: Plan): Line {
  return [
    styled('title', `Environment ${environment.name}`),
    ` (${environment.cloud}, ${environment.resourceGroup}, ${environment.location})`,
  ];
}

function changeLines(change: Change, folded: Common | undefined): Line[] {
  const fields = change.action === 'create' && folded ? foldedFields(change, schemaOf(change), folded) : [];
  const title: Line = [SYMBOLS[change.action], ' ', styled('strong', change.id), ...fields, ...remarks(change)];
  return [
    title,
    ...change.risk
      .filter((risk) => risk.level === 'high')
      .map((risk): Line => ['      ', styled('error', `! ${risk.message}`)]),
    ...(change.action === 'create' && folded ? [] : body(change)),
  ];
}

function remarks(change: Change): Segment[] {
  const texts = remarkTexts(change);
  return texts.length === 0 ? [] : [styled('dim', `  (${texts.join('; ')})`)];
}

function body(change: Change): Line[] {
  switch (change.action) {
    case 'create':
      return leaves(change.after, schemaOf(change)).flatMap(leafLines);
    case 'update':
    case 'replace':
      return [...change.fields.flatMap(fieldLines), ...hidden(change)];
    case 'run':
      return [
        ['      ', change.task.title],
        ['      ', styled('dim', change.task.reason)],
      ];
    default:
      return [];
  }
}

function schemaOf({ id }: Change): SpecSchema | undefined {
  const kind = reconcilerOf(id);
  return kind && inlineSchema(kind.schema);
}

const SHOWN_LINES = 3;

function leafLines({ label, value }: Leaf): Line[] {
  if (!isLongText(value)) return [['      ', signed('add', '+'), ` ${label}: ${inline(value)}`]];
  const lines = value.split('\n');
  const more = lines.length - SHOWN_LINES;
  return [
    ['      ', signed('add', '+'), ` ${label}: (${lines.length} lines)`],
    ...lines.slice(0, SHOWN_LINES).map((line): Line => ['          ', styled('add', line)]),
    ...(more > 0 ? [['          ', styled('dim', `(${more} more lines)`)] as Line] : []),
  ];
}

function fieldLines(change: FieldChange): Line[] {
  const { label, before, after } = change;
  const symbol =
    before === undefined ? signed('add', '+') : after === undefined ? signed('remove', '-') : signed('change', '~');
  const drift: Segment[] =
    change.class === 'drift'
      ? [styled('drift', '  ! changed outside of Git')]
      : change.class === 'conflict'
        ? [styled('drift', '  ! changed in Git and outside of it')]
        : [];
  if (change.sensitive) return [['      ', symbol, ` ${label}: ${SENSITIVE}`, ...drift]];
  if (isLongText(before) || isLongText(after)) {
    return [['      ', symbol, ` ${label}:`, ...drift], ...textDiff(asText(before), asText(after), '          ')];
  }
  const value = change.unknown ? UNKNOWN : inline(after);
  const text = before === undefined ? value : after === undefined ? inline(before) : `${inline(before)} -> ${value}`;
  return [['      ', symbol, ` ${label}: ${text}`, ...drift]];
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function hidden(change: Change & { readonly action: 'update' | 'replace' }): Line[] {
  const unchanged = leaves(change.after, schemaOf(change)).length - change.fields.length;
  return unchanged > 0 ? [['        ', styled('dim', `(${count(unchanged, 'unchanged field')} hidden)`)]] : [];
}

function driftLine(plan: Plan): Line[] {
  const fields = driftedFields(plan);
  const deleted = deletedOutside(plan);
  const parts = [
    ...(fields > 0 ? [`${count(fields, 'field')} changed`] : []),
    ...(deleted > 0 ? [`${count(deleted, 'resource')} deleted`] : []),
  ];
  return parts.length === 0 ? [] : [[styled('drift', `Drift: ${parts.join(', ')} outside of Git.`)]];
}

/** The verdict, and what is worth knowing beside the changes. */
export function footer(plan: Plan, changed: readonly Change[]): Line[] {
  const counts = countChanges(plan);
  const style: Style = counts.destroy > 0 ? 'error' : 'strong';
  const note = unrecordedNote(plan);
  const unchecked = plan.changes.reduce((sum, change) => sum + change.unchecked.length, 0);
  const verdict: Line =
    changed.length === 0
      ? [styled('strong', 'No changes.'), ' Azure matches the files.']
      : [
          styled(style, `Plan: ${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy.`),
          ...(counts.run > 0 ? [` ${counts.run} to run.`] : []),
        ];
  return [
    verdict,
    ...driftLine(plan),
    ...(plan.baseMissing === null
      ? []
      : [[styled('warning', `Drift is not told apart from pending changes: ${plan.baseMissing}`)] as Line]),
    ...(note === undefined ? [] : [[styled('warning', note)] as Line]),
    ...plan.leftovers.map((leftover): Line => [
      styled('dim', `Left in Azure, no longer in Git: ${leftover.id} (--prune deletes it)`),
    ]),
    ...(unchecked > 0
      ? [[styled('dim', `Not compared, because Azure never returns secrets: ${count(unchecked, 'field')}.`)] as Line]
      : []),
    ...(plan.warnings.length > 0 ? [[] as Line, ...diagnosticLines(plan.warnings)] : []),
    ...(plan.refusals.length > 0
      ? [[] as Line, [styled('error', 'This plan must not be applied:')] as Line, ...diagnosticLines(plan.refusals)]
      : []),
  ];
}
