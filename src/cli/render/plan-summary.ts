import type { Action, Change, Plan } from '../../model/plan.ts';
import { kindOf, nameOf } from '../../model/resource-id.ts';
import { risks, type RiskId } from '../../model/risks.ts';
import { styled, type Line, type Segment } from '../text.ts';
import { fittedNames } from './fit.ts';
import { environmentLine, footer, SYMBOLS } from './plan-text.ts';

const ORDER: readonly Action[] = ['delete', 'replace', 'create', 'update', 'run'];
/** Characters that the names behind a kind or a risk may take. */
const WIDTH = 80;

/** A plan in a screen: what happens by kind, every risk with the resources that have it, and the verdict. */
export function planSummaryLines(plan: Plan): Line[] {
  const changed = plan.changes.filter((change) => change.action !== 'keep');
  const groups = ORDER.flatMap((action) => byKind(changed.filter((change) => change.action === action)));
  const width = Math.max(0, ...groups.map(({ kind }) => kind.length));
  const digits = Math.max(0, ...groups.map(({ names }) => String(names.length).length));
  const kinds = groups.map(({ action, kind, names }): Line => [
    SYMBOLS[action],
    ` ${String(names.length).padStart(digits)} `,
    styled('strong', kind.padEnd(width)),
    styled('dim', `  ${fittedNames(names, WIDTH)}`),
  ]);
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
  readonly action: Action;
  readonly kind: string;
  readonly names: readonly string[];
}

function byKind(changes: readonly Change[]): Group[] {
  const kinds = [...new Set(changes.map(({ id }) => kindOf(id)))].toSorted();
  return kinds.flatMap((kind): Group[] => {
    const own = changes.filter(({ id }) => kindOf(id) === kind);
    const [first] = own;
    return first ? [{ action: first.action, kind, names: own.map(({ id }) => nameOf(id)) }] : [];
  });
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
