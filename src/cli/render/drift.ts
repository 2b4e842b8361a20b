import type { FieldChange } from '../../model/plan.ts';
import { hasDrifted, type DriftReport } from '../drift-report.ts';
import { count, printLine, styled, type Line } from '../text.ts';
import { code, fenced } from './markdown.ts';
import { textDiff } from './text-diff.ts';
import { inline, isLongText, SENSITIVE } from './value.ts';

/** Drift for people: what Git applied on the left, what Azure has on the right. */
export function driftLines(report: DriftReport): Line[] {
  const { environment, base, changed, deleted, different, unchecked } = report;
  const head: Line = [styled('title', `Environment ${environment}`), base === null ? '' : ` at ${base.slice(0, 10)}`];
  const fields = changed.reduce((sum, one) => sum + one.fields.length, 0);
  const verdict = hasDrifted(report)
    ? base === null
      ? `${count(different.length, 'resource')} in Azure differ from the files.`
      : `Drift: ${count(fields, 'field')} of ${count(changed.length, 'resource')} changed, ${count(deleted.length, 'resource')} deleted outside of Git${unmarkedText(report)}${outdatedText(report)}.`
    : 'No drift.';
  return [
    head,
    [],
    ...changed.flatMap(({ id, fields: drifted }): Line[] => [
      [styled('drift', '  !'), ' ', styled('strong', id)],
      ...drifted.flatMap(fieldLines),
      [],
    ]),
    ...deleted.map((id): Line => [styled('drift', '  !'), ' ', styled('strong', id), styled('dim', '  (deleted)')]),
    ...report.unmarked.map((id): Line => [
      styled('drift', '  !'),
      ' ',
      styled('strong', id),
      styled('dim', '  (its mark was removed; apply writes it again)'),
    ]),
    ...different.map((id): Line => ['  ~ ', styled('strong', id)]),
    ...report.outdated.map(({ id, reason }): Line => [
      styled('drift', '  !'),
      ' ',
      styled('strong', id),
      styled('dim', `  (${reason})`),
    ]),
    ...basisLines(report),
    [styled(hasDrifted(report) ? 'drift' : 'strong', verdict)],
    ...(unchecked.length > 0
      ? [
          [styled('dim', 'Not compared, because Azure never returns it:')] as Line,
          ...unchecked.map((one): Line => [styled('dim', `  ${one.id} ${one.fields.map(dotted).join(', ')}`)]),
        ]
      : []),
  ];
}

/** Nothing where every mark is there. */
export function unmarkedText({ unmarked }: DriftReport): string {
  return unmarked.length === 0 ? '' : `, ${count(unmarked.length, 'mark')} removed`;
}

/** Nothing where nothing has to be made anew. */
export function outdatedText({ outdated }: DriftReport): string {
  return outdated.length === 0 ? '' : `, ${count(outdated.length, 'build')} outdated`;
}

function basisLines({ base, baseMissing }: DriftReport): Line[] {
  if (base !== null) return [];
  const why = baseMissing ?? 'nothing was applied from a clean commit yet';
  return [[styled('warning', `Drift cannot be told apart from pending changes: ${why}`)]];
}

function dotted(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}

/** Git's value, then Azure's. */
function fieldLines({ label, before, after, sensitive, class: of }: FieldChange): Line[] {
  const both = of === 'conflict' ? styled('dim', '  (changed in Git as well)') : '';
  if (sensitive) return [[`      ~ ${label}: ${SENSITIVE}`, both]];
  if (isLongText(before) || isLongText(after)) {
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return [[`      ~ ${label}:`, both], ...textDiff(text(after), text(before), '          ')];
  }
  const shown = (value: FieldChange['before']): string => (value === undefined ? '(not set)' : inline(value));
  return [[`      ~ ${label}: ${shown(after)} -> ${shown(before)}`, both]];
}

/** The same for an issue or a pull request; no value can leave its fence. */
export function driftMarkdown(report: DriftReport): string {
  const details = driftLines(report).map((line) => printLine(line, false));
  const title = hasDrifted(report) ? 'has drifted' : 'has not drifted';
  return [`## Environment ${code(report.environment)} ${title}`, '', fenced(details, 'text'), ''].join('\n');
}
