import type { ProblemInfo } from '../problem-info.ts';

/** Batches: ING6500 to ING6549. */
export const batchProblems = {
  ING6501: {
    title: 'Does not take batches',
    cause: 'A batch runs on a ModelDeployment, a ContainerJob or a BatchEndpoint that exists in Azure.',
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
    cause: 'The service did not finish the batch, or it was cancelled. It is not retried automatically.',
    remedy: 'Fix the cause that the message names, and run it again with `--again`.',
    exit: 'incomplete',
  },
  ING6504: {
    title: 'Too many failed rows',
    cause: 'More rows than `--fail-above` allows have no answer.',
    remedy: 'See errors.jsonl next to the results.',
    exit: 'incomplete',
  },
  ING6505: {
    title: 'No such batch',
    cause: 'This target has no batch of this environment with that id or input.',
    remedy: '`ingate batch status` lists the batches.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
