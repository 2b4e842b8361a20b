import { applyingProblems } from './problems/applying.ts';
import { azureProblems } from './problems/azure.ts';
import { commandLineProblems } from './problems/command-line.ts';
import { manifestsProblems } from './problems/manifests.ts';
import { operationsProblems } from './problems/operations.ts';
import { planningProblems } from './problems/planning.ts';
import { referencesProblems } from './problems/references.ts';

/**
 * Every problem that ingate reports, by permanent code; the first digit says which file of `problems/` it is in.
 * `docs/errors.md` is generated from it.
 */
export const problems = {
  ...manifestsProblems,
  ...referencesProblems,
  ...planningProblems,
  ...azureProblems,
  ...applyingProblems,
  ...commandLineProblems,
  ...operationsProblems,
};

export type ProblemCode = keyof typeof problems;
