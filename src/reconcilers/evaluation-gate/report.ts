import { checkName } from '../../gates/report/document.ts';
import { shown } from '../../gates/verdict/bounded.ts';
import type { Check, GateResult } from '../../gates/verdict/types.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Nomination, Site } from '../../model/kind.ts';
import type { Evaluated } from './evaluate.ts';

/** Everything that a gate found, without any answer of a model. */
export function gateReport(
  site: Site,
  nomination: Nomination,
  evaluation: string,
  { result, runs, usage, distributions, foundry }: Evaluated,
): JsonObject {
  return plain({
    gate: site.id,
    environment: site.environment.name,
    verdict: result.verdict,
    candidate: describe(nomination.candidate),
    baseline: nomination.incumbent ? describe(nomination.incumbent) : null,
    evaluation,
    runs,
    usage,
    items: result.n,
    checks: result.checks,
    flips: result.flips,
    slices: result.slices,
    unscored: result.unscored,
    problems: result.problems,
    distributions,
    foundry,
  });
}

function describe({ label, digest }: Nomination['candidate']) {
  return { label, digest };
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

const CODES = { fail: 'ING7001', inconclusive: 'ING7002', error: 'ING7003', pass: 'ING7003' } as const;

/** Why a gate did not pass, check by check. */
export function outcomeProblem(site: Site, result: GateResult): Diagnostic {
  const blocking = result.checks.filter((check) => check.tier === 'blocking' && check.verdict === result.verdict);
  const reasons = result.verdict === 'error' && result.problems.length > 0 ? result.problems : blocking.map(checkText);
  const flipped = result.flips.filter(({ to }) => to === 'fail').map(({ item }) => item);
  const items =
    flipped.length === 0 ? undefined : `Items that passed before: ${[...new Set(flipped)].slice(0, 10).join(', ')}.`;
  return problem(CODES[result.verdict], `${site.id}: ${result.verdict}: ${reasons.join('; ')}`, {
    resource: site.id,
    hint: items,
  });
}

/** One check in a line: `task_adherence regression: it is shown to be worse by more than 0.05 (0.8 against 0.92, -0.12 [-0.18, -0.06], n 100)`. */
function checkText(check: Check): string {
  const { kind, reason, candidate, baseline, estimate, lower, upper, n } = check;
  const arms =
    candidate === undefined
      ? []
      : [baseline === undefined ? shown(candidate) : `${shown(candidate)} against ${shown(baseline)}`];
  const bounds =
    kind === 'regression' && estimate !== undefined && lower !== undefined && upper !== undefined
      ? [`${shown(estimate)} [${shown(lower)}, ${shown(upper)}]`]
      : lower !== undefined && upper !== undefined
        ? [`[${shown(lower)}, ${shown(upper)}]`]
        : [];
  return `${checkName(check)}: ${reason} (${[...arms, ...bounds, `n ${n}`].join(', ')})`;
}
