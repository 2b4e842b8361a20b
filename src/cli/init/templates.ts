import { readFileSync } from 'node:fs';
import { packagePath } from '../package-folder.ts';
import { VERSION } from '../version.ts';

export type Forge = 'github' | 'azure-devops';

/** Where each template goes in a repository. */
const TARGETS: Readonly<Record<Forge, Readonly<Record<string, string>>>> = {
  github: {
    'plan.yml': '.github/workflows/ingate-plan.yml',
    'apply.yml': '.github/workflows/ingate-apply.yml',
    'apply-environment.yml': '.github/workflows/ingate-apply-environment.yml',
    'drift.yml': '.github/workflows/ingate-drift.yml',
    'promote.yml': '.github/workflows/ingate-promote.yml',
    'rollout.yml': '.github/workflows/ingate-rollout.yml',
  },
  'azure-devops': {
    'plan.yml': '.azure-pipelines/ingate-plan.yml',
    'apply.yml': '.azure-pipelines/ingate-apply.yml',
    'drift.yml': '.azure-pipelines/ingate-drift.yml',
    'promote.yml': '.azure-pipelines/ingate-promote.yml',
    'rollout.yml': '.azure-pipelines/ingate-rollout.yml',
  },
};

/** Pipelines for these environments by path from the root of the repository. They run this version of ingate. */
export function pipelineFiles(forge: Forge, environments: readonly string[]): Map<string, string> {
  const files = Object.entries(TARGETS[forge]).map(([template, target]): [string, string] => {
    const text = readFileSync(packagePath('templates', forge, template), 'utf8');
    return [target, text.replaceAll('__ENVIRONMENTS__', environments.join(', ')).replaceAll('__VERSION__', VERSION)];
  });
  return new Map(files);
}
