import type { ProblemInfo } from '../problem-info.ts';

/** Batches: ING6500 to ING6549. */
export const batchProblems = {
  ING6501: {
    title: 'Nothing that takes batches',
    cause: 'Batches are for a ModelDeployment, a ContainerJob or a BatchEndpoint that is live.',
    remedy: 'Name one of them as Kind/name, and apply the environment first.',
    exit: 'error',
  },
  ING6502: {
    title: 'Input not usable',
    cause: 'Each line of the input is a JSON object with `input`, or a whole request with `custom_id` and `body`.',
    remedy: 'Correct the lines that the message names.',
    exit: 'error',
  },
  ING6503: {
    title: 'Batch failed',
    cause: 'The service did not carry the batch out, or somebody cancelled it. It is not sent again by itself.',
    remedy: 'Correct what the message says, and run it once more with `--again`.',
    exit: 'incomplete',
  },
  ING6504: {
    title: 'Too many failed rows',
    cause: 'More rows than `--fail-above` allows have no answer.',
    remedy: 'Look at errors.jsonl beside the results.',
    exit: 'incomplete',
  },
  ING6505: {
    title: 'No such batch',
    cause: 'This target has no batch of this environment with that id or input.',
    remedy: '`ingate batch status` lists what there is.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
