import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Draft } from '../../planner/adopt/arrange.ts';
import type { planDifferences } from '../../planner/adopt/check.ts';
import type { MissingSecret, Omission } from '../../planner/adopt/subject.ts';
import type { Io } from '../io.ts';
import { diagnosticLines } from '../render/diagnostics.ts';
import { count, jsonText, styled, type Line } from '../text.ts';

export interface PullReport {
  readonly environment: string;
  /** Written, from the root of the repository. */
  readonly files: readonly string[];
  readonly removed: readonly string[];
  readonly drafts: readonly Draft[];
  readonly omissions: readonly Omission[];
  readonly secrets: readonly MissingSecret[];
  readonly problems: readonly Diagnostic[];
  /** What a plan of the manifests shows; undefined where it could not be made. */
  readonly plan: Awaited<ReturnType<typeof planDifferences>>;
}

/** What was written, what was left out and why, and what the user has to do. */
export function showPulled(io: Io, output: string | undefined, report: PullReport): void {
  if (output === 'json') {
    const { drafts, plan, ...rest } = report;
    const resources = drafts.map(({ id, file }) => ({ id, file }));
    io.write(
      `${jsonText({ outcome: 'ok', ...rest, resources, differences: plan?.differences ?? null, refusals: plan?.refusals ?? [] }, 2)}\n`,
    );
    return;
  }
  io.print(...lines(report));
}

function lines(report: PullReport): Line[] {
  const { environment, files, removed, drafts, omissions, secrets, problems, plan } = report;
  const differences = plan?.differences ?? [];
  return [
    ...files.map((path): Line => [styled('add', 'wrote   '), path]),
    ...removed.map((path): Line => [styled('remove', 'removed '), path]),
    ...section(
      'Left out',
      omissions.map(({ what, reason }): Line => ['  ', what, `: ${reason}`]),
    ),
    ...section(
      'Secrets to set in the environment of apply',
      secrets.map(({ variable, resource, field }): Line => [
        '  ',
        styled('strong', variable),
        `  ${resource} ${field}`,
      ]),
    ),
    ...section('Could not be read', problems.length > 0 ? diagnosticLines(problems, undefined) : []),
    ...section(
      'Differs from what is live',
      differences.map(({ resource, action, fields }): Line => ['  ', `${resource}: ${action} ${fields.join(', ')}`]),
    ),
    ...section('The plan would be refused', plan ? diagnosticLines(plan.refusals, undefined) : []),
    [],
    [`${count(drafts.length, 'resource')}. `, ...verdict(plan, environment)],
  ];
}

function verdict(plan: PullReport['plan'], environment: string): Line {
  const command = styled('strong', `ingate plan -e ${environment}`);
  if (!plan) return ['Not checked against Azure, because not everything could be read. See ', command, '.'];
  return plan.differences.length === 0
    ? ['The files say what is live. ', command, ' shows what is taken over.']
    : ['See ', command, ' before you apply.'];
}

function section(title: string, rows: readonly Line[]): Line[] {
  return rows.length === 0 ? [] : [[], [styled('title', `${title}:`)], ...rows];
}
