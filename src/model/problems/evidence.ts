import type { ProblemInfo } from '../problem-info.ts';

/** Evidence of gates: ING82xx. One code per reason for refusing it. */
export const evidenceProblems = {
  ING8200: {
    title: 'No evidence',
    cause: 'The policy asks for signed evidence of a gate about the release in the environment that it comes from.',
    remedy: 'Apply and sign there (`ingate evidence sign`), and pass the folder with --evidence.',
    exit: 'refused',
  },
  ING8201: {
    title: 'Signature',
    cause:
      'No key that the target branch trusts for the environment signed the evidence, or it was changed afterwards.',
    remedy: 'Take the file as it was signed; add the key to releases/trust.yaml if it should be trusted.',
    exit: 'refused',
  },
  ING8202: {
    title: 'Evidence about something else',
    cause: 'The evidence is not about everything that the release carries: it belongs to another release.',
    remedy: 'Evaluate and sign the release that is to be promoted.',
    exit: 'refused',
  },
  ING8203: {
    title: 'Evidence of another gate',
    cause: 'The gate was another one than it is in the target branch now.',
    remedy: 'Evaluate again with the gate as it is now.',
    exit: 'refused',
  },
  ING8204: {
    title: 'Evidence on another dataset',
    cause: 'The items were others than the gate has in the target branch now.',
    remedy: 'Evaluate again with the dataset as it is now.',
    exit: 'refused',
  },
  ING8205: {
    title: 'Evidence without a pass',
    cause: 'Only a gate that passed, with at least one check, speaks for a release.',
    remedy: 'Improve what the gate found, and make another release.',
    exit: 'refused',
  },
  ING8206: {
    title: 'Evidence too old',
    cause: 'The evidence is older than the policy allows, or was made in the future.',
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
    title: 'Results do not fit',
    cause: 'The file with the results is missing, or is not the one that was signed for.',
    remedy: 'Pass the results beside the evidence, as they were written.',
    exit: 'refused',
  },
  ING8210: {
    title: 'Evidence of an old version',
    cause: 'The evidence was made by a version of ingate that the target branch does not trust any more.',
    remedy: 'Evaluate again with a newer version.',
    exit: 'refused',
  },
  ING8211: {
    title: 'Not evidence',
    cause: 'The file is no DSSE envelope with a statement about a gate.',
    remedy: 'Pass files that `ingate evidence sign` wrote.',
    exit: 'refused',
  },
  ING8212: {
    title: 'Cannot be signed',
    cause:
      'There is no key, the key cannot be used, or the gates of the environment have no passed report about what is there.',
    remedy: 'Set INGATE_EVIDENCE_KEY, INGATE_EVIDENCE_KEY_FILE or INGATE_EVIDENCE_VAULT_KEY, and apply first.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
