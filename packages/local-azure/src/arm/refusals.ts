import { equal, textAt, valueAt, withValue, type JsonObject } from '../engine/json.ts';
import type { Problem } from '../shape/normalise.ts';
import { ArmError } from './arm-error.ts';
import type { Call, ResourceType } from './contract.ts';

/** 400 that names every problem of a body. */
export function requireValid(type: ResourceType, problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  const code = type.codes?.invalid ?? 'InvalidRequestContent';
  const message = `The request content was invalid and could not be deserialized: '${first.message}'.`;
  const details = problems.map((problem) => ({ code, message: problem.message, target: problem.path }));
  throw new ArmError(400, code, message, { target: first.path, details });
}

/**
 * Refuses another value for a member that cannot change, including one that was never set. An omitted member keeps
 * the value that it has.
 */
export function requireImmutable(type: ResourceType, body: JsonObject, before: JsonObject | undefined): JsonObject {
  if (!before) return body;
  return (type.immutable ?? []).reduce((kept, path) => {
    const old = valueAt(before, path);
    const wanted = valueAt(kept, path);
    if (wanted === undefined) return old === undefined ? kept : withValue(kept, path, old);
    if (!equal(old, wanted)) throw immutable(type, path);
    return kept;
  }, body);
}

function immutable(type: ResourceType, path: string): ArmError {
  const name = path.split('.').at(-1) ?? path;
  const message = `The property '${name}' was specified in the input, but it cannot be updated.`;
  const { immutable: code = 'PropertyChangeNotAllowed', immutableStatus = 409 } = type.codes ?? {};
  return new ArmError(immutableStatus, code, message, { target: path });
}

/** The name from the URL against the rule of the type, and against a name in the body. */
export function requireName({ target, type }: Call): void {
  const name = target.names.at(-1) ?? '';
  if (!type.names || type.names.pattern.test(name)) return;
  throw new ArmError(400, type.names.code ?? 'InvalidResourceName', type.names.message.replace('{name}', name), {
    target: 'name',
  });
}

/** Refuses a body that names another resource than the URL. */
export function requireSameName({ target }: Pick<Call, 'target'>, body: JsonObject): void {
  const name = textAt(body, 'name');
  const last = target.names.at(-1) ?? '';
  if (name === undefined || name.toLowerCase().split('/').at(-1) === last.toLowerCase()) return;
  throw new ArmError(
    400,
    'InvalidRequestContent',
    `The name '${name}' in the body differs from '${last}' in the URL.`,
    { target: 'name' },
  );
}

/** Some types let a PATCH change a few members only. */
export function requirePatchable(type: ResourceType, patch: JsonObject): void {
  const wrong = Object.keys(patch).find((key) => type.patchable !== undefined && !type.patchable.includes(key));
  if (wrong === undefined) return;
  const message = `Could not find member '${wrong}' on the body of a PATCH; it may hold ${type.patchable?.join(' and ') ?? ''}.`;
  throw new ArmError(400, type.codes?.invalid ?? 'InvalidRequestContent', message, { target: wrong });
}
