import type { Azure } from './azure.ts';
import type { Json, JsonObject } from './json.ts';
import type { SecretReference } from './manifest.ts';
import type { ProjectFiles } from './project-files.ts';
import type { ResourceId } from './resource-id.ts';

/** Reads secrets when a write needs them. The value goes into a request body and nowhere else. */
export type SecretSource = (reference: SecretReference) => Promise<string>;

/** What a gate can send requests to: the `target` of an evaluation run of Foundry, and what it is. */
export interface Nominee {
  readonly target: JsonObject;
  /** For people, such as `support version 5`. */
  readonly label: string;
  readonly digest: string;
}

/** The version that a manifest asks for, ready to be tried without serving, and the one that serves now. */
export interface Nomination {
  readonly candidate: Nominee;
  readonly incumbent: Nominee | undefined;
}

/** An answer of something that runs; `body` is cut after a megabyte. */
export interface ProbeReply {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Sends one plain request without any token; rejects when there is no answer in time. */
export type Probe = (
  url: string,
  request: { readonly method: string; readonly body?: Json; readonly timeoutMs: number },
) => Promise<ProbeReply>;

export interface WriteContext {
  /** Set where earlier verdicts must not count: something that differs from run to run. */
  readonly anew?: string;
  /** Asks what is deployed, such as a revision of an app. */
  readonly probe: Probe;
  /** Seconds since 1970 of the commit that is applied: an older one never overrides a newer one. */
  readonly generation: number;
  /** That commit; absent when files differ from it, or there is none. */
  readonly commit?: string;
  /** Makes ready what a gate evaluates. Rejects for kinds that cannot be evaluated. */
  readonly nominate: (id: ResourceId) => Promise<Nomination>;
  /** Hands over a document about the change, such as the report of a gate, to be kept beside the journal. */
  readonly attach: (document: JsonObject) => void;
  /** Files of the repository, for content that is uploaded. */
  readonly files: ProjectFiles;
  readonly azure: Azure;
  readonly secret: SecretSource;
  readonly signal: AbortSignal;
  readonly report: (progress: string) => void;
}
