import type { ProblemInfo } from '../problem-info.ts';

/** Evidence of gates: ING82xx. One code per reason for refusing it. */
export const evidenceProblems = {
  ING8200: {
    title: 'No evidence',
    cause: 'The policy requires signed evidence of a gate for the release in the environment that it comes from.',
    remedy: 'Apply and sign there (`ingate evidence sign`), and pass the folder with --evidence.',
    exit: 'refused',
  },
  ING8201: {
    title: 'Signature not trusted',
    cause:
      'No key that the target branch trusts for the environment signed the evidence, or it was changed afterwards.',
    remedy: 'Use the file as it was signed; add the key to releases/trust.yaml if it should be trusted.',
    exit: 'refused',
  },
  ING8202: {
    title: 'Evidence about something else',
    cause: 'The evidence does not cover all parts of the release: it belongs to another release.',
    remedy: 'Evaluate and sign the release that is to be promoted.',
    exit: 'refused',
  },
  ING8203: {
    title: 'Evidence of another gate',
    cause: 'The gate differs from the one in the target branch.',
    remedy: 'Evaluate again with the current gate.',
    exit: 'refused',
  },
  ING8204: {
    title: 'Evidence on another data set',
    cause: 'The items differ from those that the gate has in the target branch.',
    remedy: 'Evaluate again with the current data set.',
    exit: 'refused',
  },
  ING8205: {
    title: 'Evidence without a pass',
    cause: 'Only a gate that passed, with at least one check, counts as evidence for a release.',
    remedy: 'Fix the problems that the gate found, and create a new release.',
    exit: 'refused',
  },
  ING8206: {
    title: 'Evidence too old',
    cause: 'The evidence is older than the policy allows, or is dated in the future.',
    remedy: 'Evaluate again.',
    exit: 'refused',
  },
  ING8207: {
    title: 'Evidence of another environment',
    cause: 'The evidence is not from the environment that the release comes from.',
    remedy: 'Pass the evidence of that environment.',
    exit: 'refused',
  },
  ING8208: {
    title: 'Evidence revoked',
    cause: 'releases/trust.yaml of the target branch revokes the evidence or the key that signed it.',
    remedy: 'Find out why, and evaluate again.',
    exit: 'refused',
  },
  ING8209: {
    title: 'Results do not match',
    cause: 'The file with the results is missing, or is not the one that was signed.',
    remedy: 'Keep the unchanged results next to the evidence.',
    exit: 'refused',
  },
  ING8210: {
    title: 'Evidence of an old version',
    cause: 'The evidence was made by a version of ingate that the target branch no longer trusts.',
    remedy: 'Evaluate again with a newer version.',
    exit: 'refused',
  },
  ING8211: {
    title: 'Not evidence',
    cause: 'The file is not a DSSE envelope with a statement about a gate.',
    remedy: 'Pass files that `ingate evidence sign` wrote.',
    exit: 'refused',
  },
  ING8212: {
    title: 'Cannot be signed',
    cause:
      'There is no key, the key cannot be used, or the gates of the environment have no passing report about what is deployed.',
    remedy: 'Set INGATE_EVIDENCE_KEY, INGATE_EVIDENCE_KEY_FILE or INGATE_EVIDENCE_VAULT_KEY, and apply first.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
