import type { Action, Change, Plan } from '../../model/plan.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { risks, type RiskId } from '../../model/risks.ts';
import { styled, type Line, type Segment } from '../text.ts';
import { fittedNames } from './fit.ts';
import { environmentLine, footer, SYMBOLS } from './plan-text.ts';

const ORDER: readonly Action[] = ['delete', 'replace', 'create', 'update', 'run'];
/** Characters that the names behind a kind or a risk may take. */
const WIDTH = 80;
/** More kinds with a single resource than this share lines. */
const MOST_SINGLE = 8;

/** A plan in a screen: what happens by kind, every risk with the resources that have it, and the verdict. */
export function planSummaryLines(plan: Plan): Line[] {
  const changed = plan.changes.filter((change) => change.action !== 'keep');
  const kinds = ORDER.flatMap((action) => kindLines(action, byKind(changed.filter((one) => one.action === action))));
  const found = riskLines(changed);
  return [
    environmentLine(plan),
    ...(kinds.length > 0 ? [[] as Line, ...kinds] : []),
    ...(found.length > 0 ? [[] as Line, ...found] : []),
    [],
    ...footer(plan, changed),
  ];
}

interface Group {
  readonly kind: string;
  readonly names: readonly string[];
}

function byKind(changes: readonly Change[]): Group[] {
  const kinds = [...new Set(changes.map(({ id }) => kindOf(id)))].toSorted();
  return kinds.map((kind) => ({
    kind,
    names: changes.filter(({ id }) => kindOf(id) === kind).map(({ id }) => nameOf(id)),
  }));
}

/** A line per kind; kinds with a single resource share lines where there are many of them. */
function kindLines(action: Action, groups: readonly Group[]): Line[] {
  const single = groups.filter(({ names }) => names.length === 1);
  const isShared = single.length > MOST_SINGLE;
  const own = isShared ? groups.filter(({ names }) => names.length > 1) : groups;
  const width = Math.max(0, ...own.map(({ kind }) => kind.length));
  const lines = own.map(({ kind, names }): Line => [
    SYMBOLS[action],
    ` ${String(names.length).padStart(3)} `,
    styled('strong', kind.padEnd(width)),
    styled('dim', `  ${fittedNames(names, WIDTH)}`),
  ]);
  if (!isShared) return lines;
  const shared = wrapped(single.map(({ kind }) => kind)).map((text, index): Line => [
    ...(index === 0 ? [SYMBOLS[action], '   1 of each: '] : ['              ']),
    styled('strong', text),
  ]);
  return [...lines, ...shared];
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || `${last}, ${word}`.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last}, ${word}`;
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line));
}

/** One line per risk, high ones first. */
function riskLines(changes: readonly Change[]): Line[] {
  const found = changes.flatMap(({ id, risk }) => risk.map((one) => ({ id, one })));
  const levels = ['high', 'medium'] as const;
  return levels.flatMap((level) => {
    const ids = [...new Set(found.filter(({ one }) => one.level === level).map(({ one }) => one.id))].toSorted();
    return ids.map((id: RiskId): Line => {
      const names = found.filter(({ one }) => one.id === id && one.level === level).map((each) => each.id);
      const text = `${level === 'high' ? '!' : '·'} ${id} ${risks[id].title}`;
      const mark: Segment = styled(level === 'high' ? 'error' : 'warning', text);
      return ['  ', mark, `: ${fittedNames([...new Set(names)], WIDTH)}`];
    });
  });
}
