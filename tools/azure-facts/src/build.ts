import type { AzureFacts, FactModel, FactProperty } from '../../../src/model/azure-facts.ts';
import { mended, type Mends } from './mends.ts';
import { packageModels, type Target } from './package-models.ts';

/** The facts about one type: what its package says, corrected where the pinned version is known to differ. */
export async function buildFacts(target: Target, mends: Mends | undefined): Promise<AzureFacts> {
  const found = await rawFacts(target);
  return pruned(mends ? mended(found, mends) : found);
}

/** What the package says, as it is. */
export async function rawFacts(target: Target): Promise<AzureFacts> {
  const { type, apiVersion, package: name, model, reads } = target;
  const source = await packageModels(target);
  const models = source.modelsOf(model);
  const answered = reads === undefined ? {} : source.modelsOf(reads);
  const all = { ...answered, ...models };
  if (reads !== undefined) merge(all, model, reads, answered);
  return pruned({
    type,
    apiVersion,
    source: { package: name, version: source.version, apiVersion: source.apiVersion },
    root: model,
    models: all,
  });
}

/** Adds what only answers have, as read-only. */
function merge(
  all: Record<string, FactModel>,
  sent: string,
  answered: string,
  models: Readonly<Record<string, FactModel>>,
): void {
  const own = all[sent];
  const other = models[answered];
  if (!own || !other || sent === answered) return;
  const extra = Object.entries(other.properties).filter(([key]) => !(key in own.properties));
  all[sent] = {
    ...own,
    properties: {
      ...Object.fromEntries(
        Object.entries(own.properties).map(([key, one]) => [key, returnedIn(one, other.properties[key])]),
      ),
      ...Object.fromEntries(extra.map(([key, one]) => [key, { ...one, readOnly: true as const }])),
    },
  };
  const [inner, outer] = [own.properties['properties']?.model, other.properties['properties']?.model];
  if (inner !== undefined && outer !== undefined) merge(all, inner, outer, models);
}

/** A model that is only sent has no reader, so nothing in it is known to be write-only by itself. */
function returnedIn(property: FactProperty, answered: FactProperty | undefined): FactProperty {
  if (!answered || !property.writeOnly) return property;
  const { writeOnly: _, ...rest } = property;
  return rest;
}

/** Only the models that the root reaches, in the order of their names. */
export function pruned(facts: AzureFacts): AzureFacts {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const model = facts.models[name];
    for (const variant of Object.values(model?.variants ?? {})) visit(variant);
    for (let property of Object.values(model?.properties ?? {})) {
      while (property.of) property = property.of;
      if (property.model !== undefined && !property.readOnly) visit(property.model);
    }
  };
  visit(facts.root);
  const models = [...reached].toSorted().flatMap((name): [string, FactModel][] => {
    const model = facts.models[name];
    return model ? [[name, plain(model)]] : [];
  });
  return { ...facts, models: Object.fromEntries(models) };
}

/** Read-only members are known by name alone: nobody writes what is in them. */
function plain(model: FactModel): FactModel {
  const properties = Object.entries(model.properties).map(([key, one]): [string, FactProperty] => [
    key,
    one.readOnly
      ? { type: one.type === 'object' || one.type === 'array' || one.type === 'map' ? 'any' : one.type, readOnly: true }
      : one,
  ]);
  return { ...model, properties: Object.fromEntries(properties.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
