import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** One call as it ended, as plain JSON. Members are absent where nobody tells them. Holds no token and no header that was sent. */
export interface Outcome {
  readonly resource: ResourceId;
  readonly outcome: 'answered' | 'failed';
  /** Version of an agent that answered. */
  readonly version?: string;
  /** Revision of a container app that answered; absent where several share the traffic. */
  readonly revision?: string;
  /** Status of HTTP of container apps; that of the response of agents and models. */
  readonly status: number | string;
  /** Until the whole answer was there. */
  readonly milliseconds: number;
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly model?: string;
  readonly responseId?: string;
  readonly requestId?: string;
  readonly contentType?: string;
  /** Absent where the answer is no text. */
  readonly text?: string;
  /** What is to be known besides, for people. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
