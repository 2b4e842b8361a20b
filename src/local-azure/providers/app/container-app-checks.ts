import { ArmError } from '../../arm/arm-error.ts';
import type { Write } from '../../arm/resource-type.ts';
import { arrayAt, sameText, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';
import { requireEnvironment } from './environment-use.ts';
import { APP_TYPE, REVISION_TYPE } from './shared.ts';

/** Everything that Azure refuses about a container app besides its form. */
export function checkContainerApp(write: Write): void {
  requireEnvironment(write);
  requireContainers(write.body);
  requireSecrets(write.body);
  requireTraffic(write);
}

function invalidTemplate(field: string, details: string): ArmError {
  const message = `The following field(s) are either invalid or missing. Field '${field}' is invalid with details: '${details}';.`;
  return new ArmError(400, 'InvalidParameterValueInContainerTemplate', message, { target: field });
}

function requireContainers(body: JsonObject): void {
  const containers = arrayAt(body, 'properties.template.containers');
  if (containers.length === 0)
    throw invalidTemplate('template.containers', 'A container app needs at least one container.');
  const names = containers.map((container) => textAt(container, 'name') ?? '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidTemplate('template.containers', `The container name '${twice}' is used twice.`);
  for (const container of containers) {
    const image = textAt(container, 'image') ?? '';
    if (!/^[^\s]+$/u.test(image))
      throw invalidTemplate(
        `template.containers.${textAt(container, 'name') ?? ''}.image`,
        `Invalid value: "${image}".`,
      );
  }
  requireResources(body, containers);
  const suffix = textAt(body, 'properties.template.revisionSuffix') ?? '';
  if (suffix !== '' && !/^[a-z](?!.*--)(?:[a-z0-9-]*[a-z0-9])?$|^[0-9](?!.*--)(?:[a-z0-9-]*[a-z0-9])?$/u.test(suffix)) {
    throw new ArmError(
      400,
      'ContainerAppInvalidRevisionName',
      `Invalid revision suffix '${suffix}': lower-case letters, digits and single hyphens.`,
    );
  }
}

/** On the Consumption profile memory follows from CPU: 0.25 cores and 0.5Gi, up to 4 cores and 8Gi for all containers together. */
function requireResources(body: JsonObject, containers: readonly Json[]): void {
  const profile = textAt(body, 'properties.workloadProfileName') ?? 'Consumption';
  if (!sameText(profile, 'Consumption')) return;
  const cpu = containers.reduce<number>((sum, each) => sum + Number(valueAt(each, 'resources.cpu') ?? 0.5), 0);
  const memory = containers.reduce<number>(
    (sum, each) => sum + Number((textAt(each, 'resources.memory') ?? '1Gi').replace(/Gi$/iu, '')),
    0,
  );
  if (cpu > 0 && cpu <= 4 && Number.isInteger(cpu * 4) && memory === cpu * 2) return;
  const message = `The total requested CPU and memory resources for this application (CPU: ${cpu}, memory: ${memory}Gi) is invalid. Total CPU and memory for all containers defined in a Container App must add up to one of the following CPU - Memory combinations: [cpu: 0.25, memory: 0.5Gi]; [cpu: 0.5, memory: 1.0Gi]; and so on up to [cpu: 4.0, memory: 8.0Gi].`;
  throw new ArmError(400, 'ContainerAppInvalidResourceTotal', message);
}

function requireSecrets(body: JsonObject): void {
  const secrets = arrayAt(body, 'properties.configuration.secrets');
  for (const secret of secrets) {
    const hasContent = textAt(secret, 'value') !== undefined || textAt(secret, 'keyVaultUrl') !== undefined;
    if (!hasContent) throw secretInvalid(textAt(secret, 'name') ?? '');
  }
  const known = new Set(secrets.map((secret) => textAt(secret, 'name')));
  const containers = ['containers', 'initContainers'].flatMap((list) => arrayAt(body, `properties.template.${list}`));
  for (const container of containers) {
    const missing = arrayAt(container, 'env').find((variable) => {
      const reference = textAt(variable, 'secretRef');
      return reference !== undefined && reference !== '' && !known.has(reference);
    });
    if (missing !== undefined)
      throw secretNotFound(textAt(missing, 'secretRef') ?? '', textAt(container, 'name') ?? '');
  }
}

function secretInvalid(name: string): ArmError {
  const message = `Invalid Request: Container app secret(s) with name(s) '${name}' are invalid: value or keyVaultUrl and identity should be provided.`;
  return new ArmError(400, 'ContainerAppSecretInvalid', message);
}

function secretNotFound(secret: string, container: string): ArmError {
  return new ArmError(
    400,
    'ContainerAppSecretRefNotFound',
    `SecretRef '${secret}' defined for container '${container}' not found.`,
  );
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
