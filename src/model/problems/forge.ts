import type { ProblemInfo } from '../problem-info.ts';

/** Pull requests and issues: ING62xx. */
export const forgeProblems = {
  ING6200: {
    title: 'No pull request to write to',
    cause: 'The variables of GitHub Actions or Azure Pipelines do not name a pull request, or there is no token.',
    remedy: 'Run it in a pipeline for pull requests and pass the token that the message names.',
    exit: 'error',
  },
  ING6201: {
    title: 'Nothing to comment on',
    cause: 'No saved plan was passed.',
    remedy: 'Pass the files that `ingate plan --out FILE` wrote, or `--failed ENVIRONMENT`.',
    exit: 'error',
  },
  ING6202: {
    title: 'Comment too long',
    cause: 'So much would be destroyed that the list does not fit into a comment.',
    remedy: 'Read the summary of the job, or make several smaller changes.',
    exit: 'error',
  },
  ING6203: {
    title: 'Not permitted to write',
    cause: 'The token may not write to this pull request or these issues.',
    remedy: 'Give the job `pull-requests: write` or `issues: write`. Pull requests from forks cannot have it.',
    exit: 'permission',
  },
  ING6204: {
    title: 'Not posted',
    cause: 'GitHub or Azure DevOps rejected the request, or did not answer.',
    remedy: 'Read its message; run the step again after a rate limit or an outage.',
    exit: 'error',
  },
  ING6207: {
    title: 'Not a report of a gate',
    cause: 'The file is not what `ingate apply` or `ingate gate run` leaves below .ingate/reports.',
    remedy: 'Name files that they left, such as .ingate/reports/EvaluationGate-NAME.json.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
