import type { ProblemInfo } from '../problem-info.ts';

/** Azure: ING4xxx. */
export const azureProblems = {
  ING4001: {
    title: 'Azure cannot be reached',
    cause: 'No answer came from the endpoint.',
    remedy: "Check network, proxy and the environment's cloud. For `cloud: local`, check that the port is free.",
    exit: 'error',
  },
  ING4002: {
    title: 'Not signed in',
    cause: 'No credential was found, or Azure rejected it.',
    remedy: 'Sign in with `az login`, or give the pipeline a federated identity; `ingate doctor` shows what is used.',
    exit: 'permission',
  },
  ING4003: {
    title: 'Not permitted',
    cause: 'The identity lacks the permission that the message names.',
    remedy: 'Grant the role that holds the action at the named scope; a new assignment takes minutes to take effect.',
    exit: 'permission',
  },
  ING4004: {
    title: 'Throttled',
    cause: 'Azure asked to wait longer than ingate is willing to.',
    remedy: 'Try again after the time that the message names.',
    exit: 'error',
  },
  ING4005: {
    title: 'Azure rejected the request',
    cause: 'Azure answered with an error.',
    remedy: "Read Azure's message; quote the request id to Azure support.",
    exit: 'error',
  },
  ING4006: {
    title: 'Unexpected answer',
    cause: "The answer was not what Azure's contract says, such as a page of HTML from a proxy.",
    remedy: 'Check proxy and endpoint; report it with the request id when it comes from Azure.',
    exit: 'error',
  },
  ING4007: {
    title: 'Foreign host',
    cause: 'Azure named a host outside its cloud. Neither a token nor content is sent there.',
    remedy: "Check the environment's cloud and the host in the message; it may be someone else's server.",
    exit: 'error',
  },
  ING4008: {
    title: 'Invalid proxy',
    cause: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not the URL of a proxy.',
    remedy: 'Start it with http:// or https://, or unset it.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
