import { problem, ProblemError, notKnown } from '../../model/diagnostic.ts';
import { isAzureError, type Address } from '../../model/azure.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { ContainerImageSpec } from './spec.ts';

/** Microsoft.ContainerRegistry/registries 2025-11-01, action importImage: 200 or 202. */
const apiVersion = '2025-11-01';

/**
 * Copies an image by digest from another registry into the one of this environment, without a tag. Doing it twice is
 * doing it once. `manifest` is where it will be, for looking after a lost answer. Resolves to the digest.
 */
export async function importImage(
  { azure, signal, report }: WriteContext,
  site: Site,
  manifest: Address | undefined,
): Promise<string> {
  const { registry, repository, digest = '', importFrom } = site.spec as ContainerImageSpec;
  const target = site.pathOf(resourceId('ContainerRegistry', registry));
  if (target === undefined) throw notKnown(`The registry of ${site.id} is not known although it was applied`);
  if (!importFrom) throw missing(site, `The registry has no image ${repository}@${digest}`);
  const body = {
    source: { resourceId: importFrom.registry, sourceImage: `${importFrom.repository ?? repository}@${digest}` },
    untaggedTargetRepositories: [repository],
    mode: 'NoForce',
  };
  report(`importing from ${importFrom.registry.slice(importFrom.registry.lastIndexOf('/') + 1)}`);
  try {
    await azure.post({ path: `${target}/importImage`, apiVersion }, body, { signal });
  } catch (error) {
    if (!isAzureError(error)) throw error;
    if (error.details.maybeDone) {
      if (manifest && (await azure.head(manifest))) return digest;
      await azure.post({ path: `${target}/importImage`, apiVersion }, body, { signal });
      return digest;
    }
    throw missing(site, `${importFrom.registry} did not give ${body.source.sourceImage}: ${error.message}`);
  }
  return digest;
}

function missing(site: Site, message: string): ProblemError {
  return new ProblemError(
    problem('ING5007', message, {
      resource: site.id,
      hint: 'Push it, correct the digest, or let whoever applies read the registry that has it.',
    }),
  );
}
