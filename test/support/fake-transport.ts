import { createAzure } from '../../src/azure/client.ts';
import type { Clock } from '../../src/azure/clock.ts';
import { createSession, type Session } from '../../src/azure/session.ts';
import { createThrottle } from '../../src/azure/token-bucket.ts';
import type { TransportRequest } from '../../src/azure/transport.ts';
import { AzureError, type Azure } from '../../src/model/azure.ts';

/** Time that passes only when somebody sleeps. */
export function virtualClock(): Clock & { readonly slept: number[] } {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.reject(new Error('aborted'));
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

/** What a fake Azure answers: a status with headers and a body, or a lost connection. */
export type Answer =
  | 'lost'
  | 'refused'
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
      readonly text?: string;
    };

export interface FakeAzure {
  readonly azure: Azure;
  readonly session: Session;
  readonly clock: ReturnType<typeof virtualClock>;
  /** `METHOD /path` of every request. */
  readonly sent: string[];
}

const HOST = 'https://management.azure.com';

/** The Azure layer on answers given in order; the last one repeats. */
export function fakeAzure(...answers: readonly (Answer | ((request: TransportRequest) => Answer))[]): FakeAzure {
  const clock = virtualClock();
  const sent: string[] = [];
  const session = createSession({
    clock,
    throttle: createThrottle(clock),
    resourceManager: HOST,
    correlationId: 'run',
    transport: {
      upload: () => Promise.reject(new Error('Nothing is uploaded here')),
      forgetTokens: () => sent.push('(signed in again)'),
      send(request) {
        sent.push(`${request.method} ${request.url.replace(HOST, '').replace(/[?&]api-version=[^&]*/, '')}`);
        const next = answers[Math.min(sent.filter((one) => !one.startsWith('(')).length - 1, answers.length - 1)];
        const answer = typeof next === 'function' ? next(request) : next;
        if (answer === undefined || answer === 'lost' || answer === 'refused') {
          const { method, url, correlationId } = request;
          return Promise.reject(
            new AzureError({
              code: 'Network',
              message: 'ECONNRESET',
              method,
              url,
              correlationId,
              maybeDone: answer !== 'refused',
            }),
          );
        }
        const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
        return Promise.resolve({ status: answer.status, headers: answer.headers ?? {}, text });
      },
    },
  });
  return {
    azure: createAzure(session, () => Promise.reject(new Error('Nothing is uploaded here'))),
    session,
    clock,
    sent,
  };
}

export function failure(status: number, code: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error: { code, message: `${code} happened` } } };
}
