import type { KindDefinition } from '../kind.ts';
import type { SpecSchema } from '../schema.ts';
import approval from './approval.schema.json' with { type: 'json' };
import promotionPolicy from './promotion-policy.schema.json' with { type: 'json' };
import release from './release.schema.json' with { type: 'json' };
import releasePointer from './release-pointer.schema.json' with { type: 'json' };
import trustedKeys from './trusted-keys.schema.json' with { type: 'json' };

/** A document that is no resource of Azure: it steers promotion. `place`: where its files are. */
export interface SteeringKind extends Pick<KindDefinition, 'kind' | 'schema'> {
  readonly place: string;
}

export const POINTER = 'ReleasePointer';

const all: readonly { readonly kind: string; readonly schema: SpecSchema; readonly place: string }[] = [
  { kind: 'Approval', schema: approval, place: 'releases/NAME/approvals/*.yaml' },
  { kind: 'PromotionPolicy', schema: promotionPolicy, place: 'releases/NAME/policy.yaml' },
  { kind: 'Release', schema: release, place: 'releases/NAME/ID.yaml' },
  { kind: POINTER, schema: releasePointer, place: 'environments/ENVIRONMENT/release.yaml' },
  { kind: 'TrustedKeys', schema: trustedKeys, place: 'releases/trust.yaml' },
];

/** Documents of promotion by kind. They are checked like manifests and never sent to Azure. */
export const steeringKinds: ReadonlyMap<string, SteeringKind> = new Map(all.map((one) => [one.kind, one]));
