import { ArmError, gatewayError } from '../../../arm/arm-error.ts';
import type { Call } from '../../../arm/contract.ts';
import type { StoredResource } from '../../../engine/resources.ts';

/** 2024-02-01 is that of the SDKs, 2018-01-01 that of az 2.45; the others are **unverified**. */
const API_VERSIONS = ['2018-01-01', '2019-07-01', '2021-05-01', '2023-10-01', '2024-02-01'];

/** Members common to the three types. */
export const EXTENSION = {
  placement: 'extension',
  tracked: false,
  hasSystemData: false,
  dialect: 'bare',
  apiVersions: API_VERSIONS,
} as const;

/** The resource whose metrics are asked for. 404 without it, 501 for a subscription or a resource group. */
export function requireTarget({ engine, target }: Call): StoredResource {
  if (target.parent.split('/').length <= 5)
    throw new ArmError(501, 'NotImplemented', 'The embedded Azure tells metrics of single resources only.');
  const found = engine.resources.get(target.parent);
  if (found) return found;
  throw gatewayError(404, 'ResourceNotFound', `The Resource '${target.parent}' was not found.`);
}
