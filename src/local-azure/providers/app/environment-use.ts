import { ArmError } from '../../arm/arm-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { sameText, textAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { APP_TYPE, JOB_TYPE } from './shared.ts';

/** An environment with apps or jobs in it stays. */
export function requireEmptyEnvironment({ engine }: { readonly engine: Engine }, environment: StoredResource): void {
  const inhabitant = [APP_TYPE, JOB_TYPE]
    .flatMap((type) => engine.resources.list({ type, subscription: environment.subscription }))
    .find(({ writable }) => sameText(textAt(writable, 'properties.environmentId') ?? '', environment.id));
  if (!inhabitant) return;
  const message = `The environment '${environment.name}' cannot be deleted because it contains '${inhabitant.name}'. Delete what runs in it first.`;
  throw new ArmError(409, 'ManagedEnvironmentHasContainerApps', message);
}
