import { append } from '../../model/append.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import { isAzureError, type AzureReader } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { observeBody } from '../../model/fingerprint.ts';
import { without, type JsonObject } from '../../model/json.ts';
import type { Mark } from '../../model/kind.ts';
import { nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { Sites } from '../../model/site.ts';
import { azureNameFor } from '../resolve/azure-name.ts';
import { compactSpec } from './compact.ts';
import { genericFields, isLocatedAt } from './generic-fields.ts';
import { restoreReferences, type Target } from './references.ts';
import { labelOf, referToSecrets } from './secrets.ts';
import {
  nodeOf,
  probeSpec,
  sitesOf,
  type MissingSecret,
  type Omission,
  type Subject,
  type Subjects,
  type Surroundings,
} from './subject.ts';

/** A live resource as a manifest says it, without its envelope. */
export interface Described {
  readonly subject: Subject;
  readonly spec: JsonObject;
  readonly mark: Mark | undefined;
  /** `spec.azureName`, where the environment's pattern would give another name. */
  readonly azureName: string | undefined;
  /** Ids that the spec refers to. */
  readonly references: ReadonlySet<ResourceId>;
}

export interface Description {
  readonly described: readonly Described[];
  readonly omissions: readonly Omission[];
  readonly secrets: readonly MissingSecret[];
  readonly problems: readonly Diagnostic[];
}

/** What was observed of each subject; `outputs` are known of all of them. */
interface Observed {
  readonly spec: JsonObject;
  readonly outputs: JsonObject;
  readonly mark: Mark | undefined;
}

/** Reads what a second look tells, and says each subject in its kind's own terms. */
export async function describeSubjects(
  subjects: Subjects,
  surroundings: Surroundings,
  reader: AzureReader,
): Promise<Description> {
  const problems: Diagnostic[] = [];
  const first = observeAll(subjects, surroundings);
  const sites = sitesOf(subjects, new Map(), outputsOf(first), surroundings);
  const observed = await inspectAll(subjects, sites, reader, problems);
  const targets = targetsOf(subjects, observed, surroundings);
  const links = createLinks(subjects);
  const omissions: Omission[] = [];
  const secrets: MissingSecret[] = [];
  const described = [...observed].flatMap(([id, { spec, mark }]): Described[] => {
    const subject = subjects.get(id);
    if (!subject) return [];
    const schema = inlineSchema(subject.definition.schema);
    const references = new Set<ResourceId>();
    const named = restoreReferences(spec, schema, {
      self: { id, ancestors: ancestorsOf(id, subjects) },
      targets,
      link: (to) => links.add(id, to) && Boolean(references.add(to)),
      lost: (field, value) =>
        omissions.push({ what: `${id} ${labelOf(field)}`, reason: `it names "${value}", which has no manifest` }),
    });
    const withSecrets = referToSecrets(subject, compactSpec(ownFields(subject, named, surroundings), schema), schema);
    append(secrets, withSecrets.secrets);
    for (const { field, reason } of withSecrets.dropped) omissions.push({ what: `${id} ${labelOf(field)}`, reason });
    const azureName = explicitName(subject, spec, sites, surroundings);
    return [{ subject, spec: withSecrets.spec, mark, azureName, references }];
  });
  return { described, omissions, secrets, problems };
}

/** Without what the environment says already, and without what Azure computes. */
function ownFields({ definition, given }: Subject, spec: JsonObject, { scope }: Surroundings): JsonObject {
  if (definition.kind === 'AzureResource') return genericFields(spec, given, scope);
  const isGlobal = inlineSchema(definition.schema).properties?.['location']?.['x-global'] === true;
  const implied = isGlobal ? { ...scope, location: 'global' } : scope;
  return isLocatedAt(spec, implied) ? without(spec, 'location') : spec;
}

/** `spec.azureName` where the manifest would stand for another name without it. Some kinds derive names from their fields. */
function explicitName(
  subject: Subject,
  spec: JsonObject,
  sites: Sites,
  { naming, scope }: Surroundings,
): string | undefined {
  const { id, definition, azureName, owner } = subject;
  if (owner !== undefined) return undefined;
  const implied = azureNameFor({ id, name: nameOf(id) }, definition.nameRule, naming, scope);
  const probe = probeSpec(subject);
  const site = { ...sites.siteOf(nodeOf(subject, probe)), spec: { ...probe, ...spec }, azureName: implied };
  const path = definition.locate(site).address?.path ?? implied;
  return path.slice(path.lastIndexOf('/') + 1) === azureName ? undefined : azureName;
}

function observeAll(subjects: Subjects, surroundings: Surroundings): Map<ResourceId, Observed> {
  const sites = sitesOf(subjects, new Map(), new Map(), surroundings);
  const all = [...subjects.values()].map((subject): [ResourceId, Observed] => {
    const site = sites.siteOf(nodeOf(subject, probeSpec(subject)));
    return [subject.id, subject.definition.observe(subject.body, site)];
  });
  return new Map(all);
}

function outputsOf(observed: ReadonlyMap<ResourceId, Observed>): Map<ResourceId, JsonObject> {
  return new Map([...observed].map(([id, { outputs }]) => [id, outputs]));
}

/** Once more, now that outputs of all are known, with what kinds look up beyond the list. */
async function inspectAll(
  subjects: Subjects,
  sites: Sites,
  reader: AzureReader,
  problems: Diagnostic[],
): Promise<Map<ResourceId, Observed>> {
  const entries = await Promise.all(
    [...subjects.values()].map(async (subject): Promise<[ResourceId, Observed]> => {
      const { id, definition, body, address } = subject;
      const site = sites.siteOf(nodeOf(subject, probeSpec(subject)));
      const live = observeBody(definition, body, address, site);
      if (!definition.inspect) return [id, live];
      try {
        return [id, await definition.inspect(reader, site, live)];
      } catch (error) {
        if (!isAzureError(error)) throw error;
        problems.push(describeAzureError(error, id));
        return [id, live];
      }
    }),
  );
  return new Map(entries);
}

function targetsOf(
  subjects: Subjects,
  observed: ReadonlyMap<ResourceId, Observed>,
  { declared, live }: Surroundings,
): Target[] {
  const known = [...declared.values()].flatMap(({ id, azureName, references }): Target[] => {
    const ancestors = references.filter(({ type }) => type === 'parent').map(({ to }) => to);
    const outputs = live.get(id)?.outputs;
    return outputs && !subjects.has(id) ? [{ id, azureName, outputs, ancestors }] : [];
  });
  const found = [...subjects.values()].map(({ id, azureName, owner }): Target => ({
    id,
    azureName,
    outputs: owner === undefined ? (observed.get(id)?.outputs ?? {}) : {},
    ancestors: ancestorsOf(id, subjects),
  }));
  return [...known, ...found];
}

function ancestorsOf(id: ResourceId, subjects: Subjects): ResourceId[] {
  const parent = subjects.get(id)?.parent;
  return parent === undefined ? [] : [parent, ...ancestorsOf(parent, subjects)];
}

/** References so far, without cycles: parents and owners to begin with. */
function createLinks(subjects: Subjects): { add: (from: ResourceId, to: ResourceId) => boolean } {
  const links = new Map<ResourceId, Set<ResourceId>>();
  const whole = (id: ResourceId): ResourceId => subjects.get(id)?.owner ?? id;
  const reaches = (from: ResourceId, to: ResourceId, seen: Set<ResourceId>): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(links.get(from) ?? [])].some((next) => reaches(next, to, seen));
  };
  const add = (from: ResourceId, to: ResourceId): boolean => {
    const [start, end] = [whole(from), whole(to)];
    if (reaches(end, start, new Set())) return false;
    links.set(start, (links.get(start) ?? new Set()).add(end));
    return true;
  };
  for (const { id, parent, owner } of subjects.values())
    if (parent !== undefined && owner === undefined) add(id, parent);
  return { add };
}
