import { randomUUID } from 'node:crypto';
import type { Plan } from '../model/plan.ts';
import type { Io } from './io.ts';
import { hasDrift } from './render/summary.ts';
import { appendToFile } from './save-file.ts';

/**
 * Tells later steps of a pipeline about a plan: `has-changes`, `has-destroy` and `has-drift` (`true` or `false`) and
 * `digest`. GitHub reads them from the file GITHUB_OUTPUT; Azure DevOps from standard output, so not beside JSON or
 * Markdown. No value comes from manifests or Azure.
 */
export function tellPlan(io: Io, plan: Plan, output: string | undefined): void {
  const actions = new Set(plan.changes.map((change) => change.action));
  const outputs = {
    'has-changes': String([...actions].some((action) => action !== 'keep')),
    'has-destroy': String(actions.has('delete') || actions.has('replace')),
    'has-drift': String(hasDrift(plan)),
    digest: plan.digest,
  };
  const file = io.env['GITHUB_OUTPUT'] ?? '';
  if (file !== '') appendToFile(file, githubOutputs(outputs));
  if (io.env['TF_BUILD'] === 'True' && (output ?? 'text') === 'text') io.write(azureOutputs(outputs));
}

/** What GITHUB_OUTPUT takes: each value between delimiters that nobody can guess, so that no value can end its own block. */
export function githubOutputs(outputs: Readonly<Record<string, string>>): string {
  const blocks = Object.entries(outputs).map(([name, value]) => {
    const end = `end-${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  return blocks.join('');
}

/** Logging commands; names in camel case, because variables of Azure DevOps have no hyphens in conditions. **unverified** */
function azureOutputs(outputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(outputs).map(([name, value]) => {
    const variable = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return `##vso[task.setvariable variable=${variable};isOutput=true]${value}\n`;
  });
  return lines.join('');
}
