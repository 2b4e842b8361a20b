import type { Change, Plan } from '../../model/plan.ts';
import type { GateReport } from '../../gates/report/document.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { harmless, printLine } from '../text.ts';
import { gateMarkdown } from './gate-report.ts';
import { code, fenced } from './markdown.ts';
import { planLines } from './plan-text.ts';
import { countChanges, deletedOutside, driftedFields } from './summary.ts';

/** An environment of a pull request: its plan, or why there is none. */
export type Reviewed = { readonly plan: Plan } | { readonly environment: string; readonly failure: string };

export interface Composed {
  readonly text: string;
  /** Environments whose details are left out, to stay within the budget. */
  readonly withoutDetails: readonly string[];
  /** Not even what is destroyed fits; `text` says so in its first line. */
  readonly overflow: boolean;
}

/**
 * One comment about all environments within a budget of characters. Details of the least risky environments go first;
 * what is destroyed or widens privileges never does. What gates found comes before details, in short where it has to be.
 */
export function composeComment(
  reviewed: readonly Reviewed[],
  budget: number,
  gates: readonly GateReport[] = [],
): Composed {
  const head = [title(reviewed), '', ...table(reviewed), ''].join('\n');
  const caution = cautionLines(reviewed, true);
  const byRisk = reviewed.toSorted((a, b) => weight(b) - weight(a));
  const chosen = new Set<Reviewed>();
  let found = '';
  const compose = (lines: readonly string[]): string =>
    [
      head,
      ...lines,
      ...(found === '' ? [] : [found]),
      ...reviewed.map((one) => details(one, chosen.has(one))),
      footer(reviewed),
    ].join('\n');
  const warned = compose(caution).length <= budget ? caution : cautionLines(reviewed, false);
  if (compose(warned).length > budget) return overflowing(reviewed, budget);
  for (const text of gateTexts(gates)) {
    found = text;
    if (compose(warned).length <= budget) break;
    found = '';
  }
  for (const one of byRisk) {
    chosen.add(one);
    if (compose(warned).length > budget) chosen.delete(one);
  }
  const without = reviewed.filter((one) => !chosen.has(one)).map(nameOf);
  return { text: compose(warned), withoutDetails: without, overflow: false };
}

/** What gates found, from the longest form to none. */
function gateTexts(gates: readonly GateReport[]): string[] {
  if (gates.length === 0) return [];
  const short = gates.map(
    ({ gate, verdict, environment }) => `- ${code(gate)} in ${code(environment)}: **${verdict}**`,
  );
  return [
    ['## Evaluation gates', '', ...gates.map(gateMarkdown)].join('\n'),
    ['## Evaluation gates', '', ...short, ''].join('\n'),
  ];
}

function nameOf(one: Reviewed): string {
  return 'plan' in one ? one.plan.environment.name : one.environment;
}

function title(reviewed: readonly Reviewed[]): string {
  const failed = reviewed.filter((one) => !('plan' in one) || one.plan.refusals.length > 0).length;
  return failed > 0 ? `## ingate: ${failed} of ${reviewed.length} environments cannot be applied` : '## ingate plan';
}

function table(reviewed: readonly Reviewed[]): string[] {
  const rows = reviewed.map((one) => {
    if (!('plan' in one)) return `| ${code(one.environment)} | | | | | | **failed** |`;
    const { plan } = one;
    const { add, change, destroy, run } = countChanges(plan);
    const drift = driftedFields(plan) + deletedOutside(plan);
    const verdict =
      plan.refusals.length > 0
        ? '**refused**'
        : add + change + destroy + run === 0
          ? 'no changes'
          : destroy > 0
            ? '**destroys**'
            : 'changes';
    return `| ${code(plan.environment.name)} | ${add} | ${change} | ${destroy} | ${run} | ${drift} | ${verdict} |`;
  });
  return ['| environment | add | change | destroy | run | drift | |', '|---|---|---|---|---|---|---|', ...rows];
}

/** Every change that destroys or that a reviewer must not miss; `full`: with what it means. */
function cautionLines(reviewed: readonly Reviewed[], full: boolean): string[] {
  const found = reviewed.flatMap((one) => ('plan' in one ? cautionsOf(one.plan) : []));
  if (found.length === 0) return [];
  const lines = full
    ? found.map(({ environment, id, messages }) => `> - ${code(environment)} ${code(id)}: ${messages.join('; ')}`)
    : [`> ${found.map(({ environment, id }) => code(`${environment} ${id}`)).join(' ')}`];
  return ['> [!CAUTION]', ...lines, ''];
}

interface Caution {
  readonly environment: string;
  readonly id: ResourceId;
  readonly messages: readonly string[];
}

function cautionsOf({ environment, changes }: Plan): Caution[] {
  return changes.flatMap((change): Caution[] => {
    const destroys = isDestructive(change);
    const risky = change.risk.filter(({ level }) => level === 'high');
    if (!destroys && risky.length === 0) return [];
    const verb = change.action === 'delete' ? ['is deleted'] : change.action === 'replace' ? ['is replaced'] : [];
    const reasons = risky.map(({ id, message }) => `${id} ${code(message)}`);
    return [{ environment: environment.name, id: change.id, messages: [...verb, ...reasons] }];
  });
}

function isDestructive({ action }: Change): boolean {
  return action === 'delete' || action === 'replace';
}

/** How much a reviewer wants to see of an environment. */
function weight(one: Reviewed): number {
  if (!('plan' in one)) return 1_000_000;
  const { plan } = one;
  const risks = plan.changes.flatMap(({ risk }) => risk);
  const high = risks.filter(({ level }) => level === 'high').length;
  return plan.refusals.length * 10_000 + plan.changes.filter(isDestructive).length * 100 + high * 100 + risks.length;
}

function details(one: Reviewed, shown: boolean): string {
  const summary = `<details><summary>${escapeHtml(harmless(nameOf(one)))}</summary>`;
  if (!shown) return `${summary}\n\nToo long for here: see the summary of the job, or its saved plan.\n\n</details>`;
  const lines =
    'plan' in one ? planLines(one.plan).map((line) => printLine(line, false)) : one.failure.split('\n').map(harmless);
  return `${summary}\n\n${fenced(lines, 'text')}\n\n</details>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function footer(reviewed: readonly Reviewed[]): string {
  const plans = reviewed.flatMap((one) =>
    'plan' in one ? [`${code(one.plan.environment.name)} ${code(one.plan.digest.slice(0, 16))}`] : [],
  );
  return plans.length === 0
    ? ''
    : `\nPlans: ${plans.join(', ')}. \`ingate explain RISK001\` tells what a risk means.\n`;
}

/** Too much is destroyed to name it here: that is said first, and the caller ends with an error. */
function overflowing(reviewed: readonly Reviewed[], budget: number): Composed {
  const count = reviewed.reduce(
    (sum, one) => sum + ('plan' in one ? one.plan.changes.filter(isDestructive).length : 0),
    0,
  );
  const text = [
    `## ingate: ${count} resources would be destroyed, more than fits here`,
    '',
    '> [!CAUTION]',
    '> The list is in the summary of the job. Do not merge without it.',
    '',
    ...table(reviewed),
  ].join('\n');
  return { text: text.slice(0, budget), withoutDetails: reviewed.map(nameOf), overflow: true };
}
