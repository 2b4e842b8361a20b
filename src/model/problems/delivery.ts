import type { ProblemInfo } from '../problem-info.ts';

/** Delivery: ING8xxx. */
export const deliveryProblems = {
  ING8001: {
    title: 'No version to roll back to',
    cause: 'No earlier version made by this environment can serve.',
    remedy: 'Name a version that the message lists, or apply an earlier commit.',
    exit: 'error',
  },
  ING8010: {
    title: 'Rollout aborted',
    cause: 'The candidate failed its tests or measurements, or was aborted. The previous version serves.',
    remedy: 'Fix the cause and change the manifest, or retry the same candidate with `ingate rollout retry`.',
    exit: 'incomplete',
  },
  ING8011: {
    title: 'Older than the current rollout',
    cause: 'A newer commit declares something else; a run of an older commit never undoes it.',
    remedy: 'Nothing to do. To go back on purpose, revert in Git: that is a newer commit.',
    exit: 'error',
  },
  ING8012: {
    title: 'No healthy version to fall back to',
    cause: 'The version that serves now, or the one before it, is not healthy, so a rollout could not be undone.',
    remedy: 'Repair it first, or continue with `ingate rollout tick --force`.',
    exit: 'error',
  },
  ING8013: {
    title: 'Serving revision not clear',
    cause: 'The traffic is split among revisions, and none of its entries has the label `stable`.',
    remedy: 'Give the entry of the revision that should serve the label `stable`, with a weight of 100.',
    exit: 'error',
  },
  ING8014: {
    title: 'Measurement inconclusive',
    cause:
      'There were too few requests or values to say whether the candidate is good. It does not count as a success.',
    remedy: 'Inspect the candidate, then run `ingate rollout promote` or `ingate rollout abort`.',
    exit: 'incomplete',
  },
  ING8015: {
    title: 'Rollout not possible',
    cause: 'The settings of the rollout contradict each other or the resource.',
    remedy: 'Correct `rollout` in the manifest.',
    exit: 'error',
  },
  ING8016: {
    title: 'No rollout to act on',
    cause: 'The resource has no rollout, or it is not in the state that the command is for.',
    remedy: '`ingate rollout status` lists the rollouts.',
    exit: 'error',
  },
  ING8020: {
    title: 'Fine-tuning failed',
    cause: 'The job ended without a model. It is not restarted automatically, because each run is charged.',
    remedy: 'Correct the files or the parameters, or raise `attempt` to train again with the same settings.',
    exit: 'incomplete',
  },
  ING8021: {
    title: 'Fine-tuning still running',
    cause: 'The job takes longer than an apply waits (`maxMinutes`). It continues in Foundry.',
    remedy: 'Apply again later: the same job is found, and resources that need the model are created then.',
    exit: 'incomplete',
  },
  ING8022: {
    title: 'Invalid training examples',
    cause: 'The files of a fine-tuning job do not have the form that the method needs.',
    remedy: 'Correct the lines that the message names.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
