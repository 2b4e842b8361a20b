import type { ProblemInfo } from '../problem-info.ts';

/** Delivery: ING8xxx. */
export const deliveryProblems = {
  ING8001: {
    title: 'Nothing to go back to',
    cause: 'There is no earlier version that this environment made and that could serve.',
    remedy: 'Name a version that the message lists, or apply an earlier commit.',
    exit: 'error',
  },
  ING8010: {
    title: 'Rollout given up',
    cause: 'The candidate failed its tests or measurements, or was aborted. What served before serves.',
    remedy: 'Correct the cause and change what is rolled out, or try the same once more with `ingate rollout retry`.',
    exit: 'incomplete',
  },
  ING8011: {
    title: 'Older than what is rolled out',
    cause: 'A newer commit has asked for something else; an older run never undoes it.',
    remedy: 'Nothing to do. To go back on purpose, revert in Git: that is a newer commit.',
    exit: 'error',
  },
  ING8012: {
    title: 'Nothing healthy to fall back to',
    cause: 'What serves now, or what served before, is not healthy, so a rollout could not be undone.',
    remedy: 'Repair it first, or go on with `ingate rollout tick --force`.',
    exit: 'error',
  },
  ING8013: {
    title: 'Not clear what serves',
    cause: 'The traffic is split among revisions, and none of its entries has the label `stable`.',
    remedy: 'Give the entry of the revision that should serve the label `stable`, with a weight of 100.',
    exit: 'error',
  },
  ING8014: {
    title: 'Measurement inconclusive',
    cause: 'There were too few requests or values to say whether the candidate is good. That is no success.',
    remedy: 'Look at it, then `ingate rollout promote` or `ingate rollout abort`.',
    exit: 'incomplete',
  },
  ING8015: {
    title: 'Rollout not possible',
    cause: 'What the rollout declares does not fit together or does not fit the resource.',
    remedy: 'Correct `rollout` in the manifest.',
    exit: 'error',
  },
  ING8016: {
    title: 'No rollout to act on',
    cause: 'The resource has no rollout, or it is not in the state that the command is for.',
    remedy: '`ingate rollout status` shows what there is.',
    exit: 'error',
  },
  ING8020: {
    title: 'Fine-tuning failed',
    cause:
      'The job ended without a model. It is not started again by itself, because that would cost as much once more.',
    remedy: 'Correct the files or the parameters, or raise `attempt` to train the same once more.',
    exit: 'incomplete',
  },
  ING8021: {
    title: 'Fine-tuning goes on',
    cause: 'The job takes longer than an apply waits (`maxMinutes`). It goes on in Foundry.',
    remedy: 'Apply again later: the same job is found, and what needs the model is carried out then.',
    exit: 'incomplete',
  },
  ING8022: {
    title: 'Examples that cannot be trained with',
    cause: 'The files of a fine-tuning job are not what the method needs.',
    remedy: 'Correct the lines that the message names.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
