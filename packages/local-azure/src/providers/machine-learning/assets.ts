import { createChild } from '../../arm/build.ts';
import type { Call, Completed, Engine, Handler, ResourceType } from '../../arm/contract.ts';
import { putResource } from '../../arm/write.ts';
import { requireParent } from '../../arm/existence.ts';
import { withValue, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { ObjectShape } from '../../shape/notation.ts';
import { ML_CODES, ML_VERSIONS, WORKSPACE_TYPE } from './shared.ts';

/** Members common to all kinds of assets. */
export interface AssetKind {
  /** `environments` */
  readonly plural: string;
  readonly version: ObjectShape;
  /** Members of a version that never change; description, tags, stage and archiving do. */
  readonly immutable: readonly string[];
  readonly complete: () => Completed;
}

const COMMON = {
  description: 'string',
  tags: { '*': 'string' },
  properties: { '*': 'string' },
  isArchived: 'boolean = false',
  provisioningState: 'readonly',
} as const;

const NAMES = {
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/u,
  code: 'UserError',
  message: "The name '{name}' is invalid: up to 255 letters, digits, '-', '_' and '.', the first a letter or digit.",
} as const;

/** The type of a kind of assets, and that of their versions. A version makes its asset where that is not there yet. */
export function assetTypes({ plural, version, immutable, complete }: AssetKind): readonly [ResourceType, ResourceType] {
  const assets: ResourceType = {
    type: `${WORKSPACE_TYPE}/${plural}`,
    apiVersions: ML_VERSIONS,
    placement: 'child',
    body: { properties: { ...COMMON, latestVersion: 'readonly', nextVersion: 'readonly' } },
    codes: ML_CODES,
    names: NAMES,
    statuses: { create: 201, update: 200, delete: 200 },
    present: (body, asset, { engine }) => presentAsset(body, asset, engine, versions.type),
  };
  const versions: ResourceType = {
    type: `${WORKSPACE_TYPE}/${plural}/versions`,
    apiVersions: ML_VERSIONS,
    placement: 'child',
    body: {
      'properties!': { ...COMMON, stage: 'string', isAnonymous: 'boolean = false', ...version },
    },
    immutable: immutable.map((name) => `properties.${name}`),
    codes: ML_CODES,
    names: NAMES,
    statuses: { create: 201, update: 200, delete: 200 },
    handlers: { PUT: putVersion(assets) },
    complete,
  };
  return [assets, versions];
}

function putVersion(assets: ResourceType): Handler {
  return (call: Call) => {
    const { engine, target } = call;
    const workspace = engine.resources.get(target.parent.split('/').slice(0, 9).join('/'));
    const name = target.names.at(-2) ?? '';
    if (workspace && !engine.resources.get(target.parent))
      createChild(call, workspace, assets, name, { properties: {} });
    requireParent(call);
    return putResource(call);
  };
}

/** The newest version is the one that was made last. */
function presentAsset(body: JsonObject, asset: StoredResource, engine: Engine, versions: string): JsonObject {
  const found = engine.resources.list({ type: versions, parent: asset.id });
  const newest = found.at(-1)?.name;
  const next = Math.max(0, ...found.map(({ name }) => Number(name)).filter((number) => Number.isInteger(number))) + 1;
  const shown = withValue(body, 'properties.nextVersion', String(next));
  return newest === undefined ? shown : withValue(shown, 'properties.latestVersion', newest);
}
