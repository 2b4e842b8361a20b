import { ArmError } from '../../arm/arm-error.ts';
import type { Write } from '../../arm/contract.ts';
import { arrayAt, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { requireContainers, requireSecrets } from './container-checks.ts';
import { requireEnvironment } from './environment-use.ts';
import { APP_TYPE, REVISION_TYPE } from './shared.ts';

/** Everything that Azure refuses about a container app besides its form. */
export function checkContainerApp(write: Write): void {
  requireEnvironment(write);
  requireContainers(write.body);
  requireSuffix(write.body);
  requireSecrets(write.body);
  requireTraffic(write);
}

function requireSuffix(body: JsonObject): void {
  const suffix = textAt(body, 'properties.template.revisionSuffix') ?? '';
  if (suffix !== '' && !/^[a-z](?!.*--)(?:[a-z0-9-]*[a-z0-9])?$|^[0-9](?!.*--)(?:[a-z0-9-]*[a-z0-9])?$/u.test(suffix)) {
    throw new ArmError(
      400,
      'ContainerAppInvalidRevisionName',
      `Invalid revision suffix '${suffix}': lower-case letters, digits and single hyphens.`,
    );
  }
}

/** Weights sum to 100 and name revisions that exist, active or not; labels are unique and need several revisions. */
function requireTraffic({ engine, body, existing, id }: Write): void {
  const traffic = arrayAt(body, 'properties.configuration.ingress.traffic');
  if (traffic.length === 0) return;
  const sum = traffic.reduce<number>((total, rule) => total + Number(valueAt(rule, 'weight') ?? 0), 0);
  if (sum !== 100)
    throw new ArmError(
      400,
      'ContainerAppInvalidTrafficWeight',
      `The traffic weights of container app '${id}' sum up to ${sum} instead of 100.`,
    );
  const labels = traffic.map((rule) => textAt(rule, 'label') ?? '').filter((label) => label !== '');
  if (new Set(labels).size !== labels.length)
    throw new ArmError(400, 'ContainerAppDuplicateTrafficLabel', 'A traffic label is used twice.');
  const revisions = existing
    ? engine.resources.list({ type: REVISION_TYPE, parent: existing.id }).map(({ name }) => name.toLowerCase())
    : [];
  const coming =
    `${id.split('/').at(-1) ?? ''}--${textAt(body, 'properties.template.revisionSuffix') ?? ''}`.toLowerCase();
  const unknown = traffic
    .map((rule) => textAt(rule, 'revisionName') ?? '')
    .find((name) => name !== '' && name.toLowerCase() !== coming && !revisions.includes(name.toLowerCase()));
  if (unknown !== undefined)
    throw new ArmError(
      400,
      'ContainerAppRevisionNotFound',
      `The revision '${unknown}' in the traffic of ${APP_TYPE} '${id}' does not exist.`,
    );
}
