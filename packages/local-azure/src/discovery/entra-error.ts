import type { Engine } from '../arm/contract.ts';
import { json, type Reply } from '../http/reply.ts';

/** A refusal of the token endpoint, in the words of OAuth 2.0 and with an AADSTS number. */
export class EntraError extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;

  constructor(status: 400 | 401, error: string, number: number, message: string) {
    super(message);
    this.name = 'EntraError';
    this.status = status;
    this.error = error;
    this.number = number;
  }
}

export function entraErrorReply({ ids, clock }: Engine, { status, error, number, message }: EntraError): Reply {
  const trace = ids.guid();
  const correlation = ids.guid();
  const timestamp = `${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return json(status, {
    error,
    error_description: `AADSTS${number}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${number}`,
  });
}
