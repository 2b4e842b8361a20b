import type { Call, Provider, Registry, ResourceType, TaskHandler } from './contract.ts';
import { compileObject, type ObjectNode } from '../shape/notation.ts';

export function createRegistry(
  providers: readonly Provider[],
  ownTasks: Readonly<Record<string, TaskHandler>>,
): Registry {
  const byNamespace = new Map(providers.map((provider) => [provider.namespace.toLowerCase(), provider]));
  const types = new Map(
    providers.flatMap((provider) =>
      provider.types.map((definition) => [
        definition.type.toLowerCase(),
        {
          definition,
          provider,
          get shape() {
            return fullShape(definition);
          },
        },
      ]),
    ),
  );
  const tasks = new Map(
    [ownTasks, ...providers.map((provider) => provider.tasks ?? {})].flatMap((each) => Object.entries(each)),
  );
  return {
    providers,
    provider: (namespace) => byNamespace.get(namespace.toLowerCase()),
    type: (type) => types.get(type.toLowerCase()),
    tasks,
  };
}

const shapes = new WeakMap<ResourceType, ObjectNode>();

/** The shape of a type, compiled when it is first needed; all servers of a process share it. */
function fullShape(definition: ResourceType): ObjectNode {
  const shape = shapes.get(definition) ?? compileShape(definition);
  shapes.set(definition, shape);
  return shape;
}

/** The envelope is known for every type: what the URL says or the server sets is accepted and dropped. */
function compileShape(definition: ResourceType): ObjectNode {
  const envelope = { id: 'readonly', name: 'readonly', type: 'readonly', etag: 'readonly', systemData: 'readonly' };
  const tracked = isTracked(definition) ? { location: 'string', tags: { '*': 'string' } } : {};
  return compileObject({ ...envelope, ...tracked, ...definition.body });
}

export function isTracked({ tracked, placement }: ResourceType): boolean {
  return tracked ?? placement === 'resource-group';
}

/** The shape of the bodies that a call is about. */
export function shapeOf({ engine, type }: Pick<Call, 'engine' | 'type'>): ObjectNode {
  return engine.registry.type(type.type)?.shape ?? { kind: 'members', members: new Map() };
}
