import { ArmError } from '../../arm/arm-error.ts';
import type { Engine, Write } from '../../arm/contract.ts';
import { stateOf } from '../../arm/state.ts';
import { sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { APP_TYPE, CONNECTED_ENVIRONMENT_TYPE, ENVIRONMENT_TYPE, JOB_TYPE } from './shared.ts';

/** The id of the environment, which may come under either of two names. */
export function environmentIdOf(body: JsonObject): string | undefined {
  return textAt(body, 'properties.environmentId') ?? textAt(body, 'properties.managedEnvironmentId');
}

/**
 * An app or a job needs an environment that is ready, never changes it, and is in the custom location of that
 * environment.
 */
export function requireEnvironment({ engine, body, existing, call }: Write): void {
  const before = existing && environmentIdOf(existing.writable);
  const id = environmentIdOf(body) ?? before;
  if (id === undefined)
    throw new ArmError(400, 'ContainerAppEnvironmentRequired', 'The environmentId of the container app is required.');
  if (before !== undefined && !sameText(before, id)) {
    const message = 'The environment of a container app cannot be changed.';
    throw new ArmError(400, 'ContainerAppEnvironmentIdCannotBeChanged', message);
  }
  const environment = engine.resources.get(id);
  if (!environment || ![ENVIRONMENT_TYPE, CONNECTED_ENVIRONMENT_TYPE].includes(environment.type))
    throw new ArmError(400, 'InvalidEnvironmentId', `The environment '${id}' does not exist.`);
  requirePlace(body, environment, call.type.type === APP_TYPE);
  if (existing || ['Succeeded', 'UpgradeRequested'].includes(stateOf(environment) ?? 'Succeeded')) return;
  const message = `The environment '${id}' is not provisioned yet: its state is '${stateOf(environment) ?? ''}'.`;
  throw new ArmError(409, 'ManagedEnvironmentNotReadyForAppCreation', message);
}

/** Apps on an Arc cluster have no managed identity and name their location; jobs need not. */
function requirePlace(body: JsonObject, environment: StoredResource, isNeeded: boolean): void {
  const place = textAt(body, 'extendedLocation.name');
  const wanted = textAt(environment.writable, 'extendedLocation.name');
  if (wanted === undefined && place !== undefined)
    throw new ArmError(400, 'InvalidExtendedLocation', `The environment '${environment.id}' is in no custom location.`);
  if (wanted === undefined) return;
  if (!sameText(place ?? (isNeeded ? '' : wanted), wanted))
    throw new ArmError(
      400,
      'InvalidExtendedLocation',
      `The extendedLocation must be that of the environment: '${wanted}'.`,
    );
  const identity = valueAt(body, 'identity.type') ?? 'None';
  if (identity !== 'None')
    throw new ArmError(
      400,
      'ManagedIdentityNotSupported',
      'Managed identities cannot be used in a connected environment.',
    );
}

/** An environment with apps or jobs in it stays. */
export function requireEmptyEnvironment({ engine }: { readonly engine: Engine }, environment: StoredResource): void {
  const inhabitant = [APP_TYPE, JOB_TYPE]
    .flatMap((type) => engine.resources.list({ type, subscription: environment.subscription }))
    .find(({ writable }) => sameText(textAt(writable, 'properties.environmentId') ?? '', environment.id));
  if (!inhabitant) return;
  const message = `The environment '${environment.name}' cannot be deleted because it contains '${inhabitant.name}'. Delete what runs in it first.`;
  throw new ArmError(409, 'ManagedEnvironmentHasContainerApps', message);
}
