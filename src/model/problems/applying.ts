import type { ProblemInfo } from '../problem-info.ts';

/** Applying: ING5xxx. */
export const applyingProblems = {
  ING5001: {
    title: 'Resource failed',
    cause: 'Azure refused or could not finish the change. Everything that depends on it was skipped.',
    remedy: 'Correct the cause and apply again; what succeeded is kept.',
    exit: 'incomplete',
  },
  ING5002: {
    title: 'Not started',
    cause: 'A resource that it depends on failed.',
    remedy: 'Correct that one and apply again.',
    exit: 'incomplete',
  },
  ING5003: {
    title: 'Interrupted',
    cause: 'The run was asked to stop. Operations in flight were finished.',
    remedy: 'Apply again to continue.',
    exit: 'incomplete',
  },
  ING5004: {
    title: 'Changed since the plan',
    cause: 'Someone changed the live resource after the plan was made, so it was not written.',
    remedy: 'Make a new plan and have it reviewed.',
    exit: 'incomplete',
  },
  ING5005: {
    title: 'Secret not available',
    cause: 'A secret that the change needs cannot be read.',
    remedy: 'Set the environment variable, or grant the identity access to the Key Vault.',
    exit: 'error',
  },
  ING5006: {
    title: 'Took too long',
    cause: "The operation did not finish within the kind's deadline. It may still be running in Azure.",
    remedy: 'Look at the resource in Azure and apply again: a running operation is waited for, not repeated.',
    exit: 'incomplete',
  },
  ING5007: {
    title: 'Image not built',
    cause: 'The build failed, or the registry does not have the image that the manifest pins.',
    remedy: 'Read the log of the build; push the image, or correct the digest.',
    exit: 'incomplete',
  },
  ING5008: {
    title: 'Would change more than the plan shows',
    cause:
      'The request would lose or change something of the live resource that the plan does not show. It was not sent.',
    remedy: 'Nothing was changed. Please report it with the pointers in the message: it is a bug in the kind.',
    exit: 'incomplete',
  },
  ING5012: {
    title: 'Secret too short',
    cause: 'Secrets are masked wherever Azure repeats them. A very short one cannot be distinguished from other text.',
    remedy: 'Use a secret of at least six characters. Write a value that is not secret directly into the manifest.',
    exit: 'error',
  },
  ING5013: {
    title: 'Value of another resource not known',
    cause: 'A resource needs a value of another one, such as its id or endpoint, and Azure does not report it.',
    remedy: 'Check the other resource in Azure, then run the command again.',
    exit: 'incomplete',
  },
} as const satisfies Record<string, ProblemInfo>;
