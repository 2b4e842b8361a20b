import { adoptionProblems } from './problems/adoption.ts';
import { applyingProblems } from './problems/applying.ts';
import { azureProblems } from './problems/azure.ts';
import { batchProblems } from './problems/batch.ts';
import { commandLineProblems } from './problems/command-line.ts';
import { deliveryProblems } from './problems/delivery.ts';
import { evidenceProblems } from './problems/evidence.ts';
import { forgeProblems } from './problems/forge.ts';
import { gatesProblems } from './problems/gates.ts';
import { lockingProblems } from './problems/locking.ts';
import { manifestsProblems } from './problems/manifests.ts';
import { operationsProblems } from './problems/operations.ts';
import { planningProblems } from './problems/planning.ts';
import { promotionProblems } from './problems/promotion.ts';
import { referencesProblems } from './problems/references.ts';

/**
 * Every problem that ingate reports, by permanent code; the first digit says which file of `problems/` it is in
 * (6: the command line; 61: adoption, 62: pull requests, 63: operations, 64: locks, 65: batches).
 * `docs/errors.md` is generated from it.
 */
export const problems = {
  ...manifestsProblems,
  ...referencesProblems,
  ...planningProblems,
  ...azureProblems,
  ...applyingProblems,
  ...commandLineProblems,
  ...gatesProblems,
  ...deliveryProblems,
  ...promotionProblems,
  ...evidenceProblems,
  ...adoptionProblems,
  ...operationsProblems,
  ...forgeProblems,
  ...lockingProblems,
  ...batchProblems,
};

export type ProblemCode = keyof typeof problems;
