import { isObject, member, without, type Json, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, KindDefinition, Ownership } from '../../model/kind.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { Described } from './describe.ts';

/** A manifest to be written. */
export interface Draft {
  readonly id: ResourceId;
  /** Name of the file, below the environment's folder. */
  readonly file: string;
  readonly document: JsonObject;
  /** Long texts beside it, by path below the environment's folder. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Files by the part of the estate that they describe, in the order of a reader. */
const AREAS: readonly (readonly [file: string, types: RegExp])[] = [
  ['identities.yaml', /^Microsoft\.(ManagedIdentity|Authorization)\//],
  ['data.yaml', /^Microsoft\.(Storage|Sql|DocumentDB|Search|KeyVault)\//],
  ['agents.yaml', /^Foundry\/agents$/],
  ['foundry.yaml', /^(Microsoft\.CognitiveServices\/|Foundry\/)/],
  ['apps.yaml', /^Microsoft\.(App\/(containerApps|jobs|managedEnvironments)|ContainerRegistry\/)/],
  ['edge.yaml', /^Microsoft\.(App\/connectedEnvironments|ExtendedLocation|Kubernetes)/],
  ['batch.yaml', /^Microsoft\.MachineLearningServices\//],
  ['monitoring.yaml', /^Microsoft\.(Insights|OperationalInsights|AlertsManagement)\//],
];

export const ENVIRONMENT_FILE = 'environment.yaml';

/** The file of an area, where a manifest of this kind goes. */
export function areaOf({ azureType }: KindDefinition): string {
  return AREAS.find(([, types]) => types.test(azureType))?.[0] ?? 'other.yaml';
}

/** Manifests of what was described: parts in their owners, long texts beside them, taken over where that needs saying. */
export function arrange(described: readonly Described[], scope: EnvironmentScope): Draft[] {
  const partsOf = Map.groupBy(
    described.filter(({ subject }) => subject.owner !== undefined),
    ({ subject }) => subject.owner,
  );
  return described
    .filter(({ subject }) => subject.owner === undefined)
    .map((one): Draft => {
      const parts = partsOf.get(one.subject.id) ?? [];
      const { spec, texts } = withTextsBeside(one.subject.id, one.subject.definition, {
        ...one.spec,
        ...partFields(parts),
      });
      const { azureName } = one;
      const adopt = [one, ...parts].some((each) => needsAdoption(each, scope));
      const whole = {
        ...(azureName === undefined ? {} : { azureName }),
        ...inSchemaOrder(spec, one.subject.definition),
        ...(adopt ? { lifecycle: { adopt: true } } : {}),
      };
      const { id, definition } = one.subject;
      const document = {
        apiVersion: API_VERSION,
        kind: definition.kind,
        metadata: { name: nameOf(id) },
        ...(Object.keys(whole).length > 0 ? { spec: whole } : {}),
      };
      return { id, file: areaOf(definition), document, texts };
    });
}

/** Fields in the order of the schema, which is that of its documentation. */
function inSchemaOrder(spec: JsonObject, { schema }: KindDefinition): JsonObject {
  const order = Object.keys(inlineSchema(schema).properties ?? {});
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(spec).toSorted(([a], [b]) => rank(a) - rank(b)));
}

function ownershipOf(definition: KindDefinition, spec: JsonObject): Ownership {
  return definition.ownershipOf?.(spec) ?? definition.ownership;
}

/** A resource that can carry a mark and has none of this environment. */
function needsAdoption({ subject: { definition }, spec, mark }: Described, scope: EnvironmentScope): boolean {
  return ownershipOf(definition, spec) !== 'none' && mark?.environment !== scope.name;
}

/** Parts as the fields of their owner: a list by name, or the one there is. */
function partFields(parts: readonly Described[]): JsonObject {
  const fields = Map.groupBy(parts, ({ subject }) => subject.part ?? '');
  const entries = [...fields].map(([field, some]): [string, Json] => {
    const [only] = some;
    const isSingle = only?.subject.definition.nameRule.fixed !== undefined;
    const items = some.map(({ subject, spec }) => ({ name: subject.azureName, ...spec }));
    return [field, isSingle ? (only?.spec ?? {}) : items];
  });
  return Object.fromEntries(entries);
}

/** Where long texts of a field go: a folder and an ending. Manifests are not looked for in folders that start with `_`. */
const TEXTS: Readonly<Record<string, readonly [folder: string, ending: string]>> = {
  instructions: ['prompts', 'md'],
  workflow: ['_workflows', 'yaml'],
  content: ['dashboards', 'json'],
};

/** Texts of more than one line, or longer than this, go beside the manifest. */
const LONG = 120;

/** Long texts as files, by the fields that the schema has for that. Instructions of a definition go beside it. */
export function withTextsBeside(
  id: ResourceId,
  definition: KindDefinition,
  spec: JsonObject,
): { spec: JsonObject; texts: Record<string, string> } {
  const schema = inlineSchema(definition.schema);
  const lifted = liftInstructions(spec, schema.properties?.['instructionsFile'] !== undefined);
  const texts: Record<string, string> = {};
  const move = (object: JsonObject, properties: typeof schema.properties): JsonObject => {
    const members = Object.entries(object).map(([name, value]): [string, Json] => {
      const [field] =
        Object.entries(properties ?? {}).find(([, one]) => one['x-file']?.into === name && !one['x-file'].as) ?? [];
      const place = TEXTS[name];
      if (isObject(value)) return [name, move(value, properties?.[name]?.properties)];
      if (field === undefined || !place || typeof value !== 'string' || (value.length <= LONG && !value.includes('\n')))
        return [name, value];
      const path = `${place[0]}/${nameOf(id)}.${place[1]}`;
      texts[path] = value.endsWith('\n') ? value : `${value}\n`;
      return [field, path];
    });
    return Object.fromEntries(members);
  };
  return { spec: move(lifted, schema.properties), texts };
}

function liftInstructions(spec: JsonObject, hasField: boolean): JsonObject {
  const definition = member(spec, 'definition');
  const text = member(definition, 'instructions');
  if (!hasField || !isObject(definition) || typeof text !== 'string' || (text.length <= LONG && !text.includes('\n')))
    return spec;
  return { ...spec, instructions: text, definition: without(definition, 'instructions') };
}
