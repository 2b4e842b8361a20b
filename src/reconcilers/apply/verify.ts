import { isAzureError, type AzureReads } from '../../model/azure.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { observeBody } from '../../model/fingerprint.ts';
import type { KindDefinition, Live, Site } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** The live resource right before it is written, or why it must not be. */
export type Verified =
  | { readonly live: Live | undefined; readonly problem?: undefined }
  | { readonly problem: Diagnostic };

export interface VerifyRequest {
  readonly reader: AzureReads;
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  /** The site as it was when the plan was made, so that both looks see the same. */
  readonly site: Site;
  /** Where the plan found the resource, or where it will be created; undefined while that was not known. */
  readonly address: Live['address'] | undefined;
  /** What the plan was made from; null: the resource did not exist. */
  readonly expected: string | null;
}

/** Reads a resource once more and compares it with what the plan was made from. */
export async function verifyUnchanged({
  reader,
  id,
  definition,
  site,
  address,
  expected,
}: VerifyRequest): Promise<Verified> {
  if (!address) return { live: undefined };
  const body = definition.look ? await definition.look(reader, address) : await reader.get(address);
  const changed = (message: string): Verified => ({
    problem: problem('ING5004', message, { resource: id, hint: 'Make a new plan and have it reviewed.' }),
  });
  if (!body)
    return expected === null ? { live: undefined } : changed(`${id} vanished from Azure after the plan was made`);
  if (expected === null) return changed(`${id} appeared in Azure after the plan was made`);
  const live = await secondLook(reader, definition, site, observeBody(definition, body, address, site), expected);
  return live.fingerprint === expected ? { live } : changed(`${id} was changed in Azure after the plan was made`);
}

async function secondLook(
  reader: AzureReads,
  definition: KindDefinition,
  site: Site,
  live: Live,
  expected: string,
): Promise<Live> {
  if (live.fingerprint === expected || !definition.inspect) return live;
  try {
    return await definition.inspect(reader, site, live);
  } catch (error) {
    if (isAzureError(error)) return live;
    throw error;
  }
}
