import { ArmError } from '../../arm/arm-error.ts';
import { arrayAt, sameText, textAt, valueAt, type Json, type JsonObject } from '../../engine/json.ts';

function invalidTemplate(field: string, details: string): ArmError {
  const message = `The following field(s) are either invalid or missing. Field '${field}' is invalid with details: '${details}';.`;
  return new ArmError(400, 'InvalidParameterValueInContainerTemplate', message, { target: field });
}

/** At least one container; names are used once, images are given, resources fit. */
export function requireContainers(body: JsonObject): void {
  const containers = arrayAt(body, 'properties.template.containers');
  if (containers.length === 0) throw invalidTemplate('template.containers', 'At least one container is needed.');
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

/** Secrets have content, and variables refer to secrets that are there. */
export function requireSecrets(body: JsonObject): void {
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
