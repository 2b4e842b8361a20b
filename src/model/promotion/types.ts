import type { JsonObject } from '../json.ts';
import type { ResourceId } from '../resource-id.ts';

/** What a release carries of each resource: members of its spec. */
export type ReleaseContents = Readonly<Record<ResourceId, JsonObject>>;

/** `releases/NAME/ID.yaml`. */
export interface Release {
  readonly name: string;
  /** First 12 hex digits of sha256 over name and contents. */
  readonly id: string;
  readonly contents: ReleaseContents;
  readonly source: { readonly environment?: string; readonly commit?: string };
}

/** `environments/ENVIRONMENT/release.yaml`. */
export interface ReleasePointer {
  readonly name: string;
  /** `source` where the files of the environment count. */
  readonly id: string;
  readonly hold?: string;
}

/** What has to hold in the environment that a release comes from. Durations are milliseconds. */
export interface Requirements {
  readonly gates: readonly string[];
  readonly soak: number;
  readonly evidenceMaxAge: number;
  /** Empty: any trusted key of the environment. */
  readonly signedBy: readonly string[];
  readonly approvals: number;
}

export interface Stage {
  readonly environment: string;
  readonly from: readonly string[];
  readonly require: Requirements;
}

/** `releases/NAME/policy.yaml`. */
export interface PromotionPolicy {
  readonly name: string;
  readonly resources: readonly ResourceId[];
  readonly stages: readonly Stage[];
}

export interface TrustedKey {
  readonly name: string;
  /** PEM, SPKI. */
  readonly publicKey: string;
  readonly environments: readonly string[];
  readonly revoked?: string;
}

/** `releases/trust.yaml`. */
export interface TrustedKeys {
  readonly keys: readonly TrustedKey[];
  readonly minimumVersion?: string;
  readonly revoked: { readonly releases: readonly string[]; readonly evidence: readonly string[] };
}

/** `releases/NAME/approvals/*.yaml`. */
export interface Approval {
  readonly file: string;
  readonly release: string;
  readonly id: string;
  readonly environment: string;
  readonly by: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly expires: string;
  readonly insteadOf: readonly ('evidence' | 'soak')[];
}

/** Id of a pointer that names no release. */
export const SOURCE = 'source';
