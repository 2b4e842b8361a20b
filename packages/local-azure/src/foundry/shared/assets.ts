import type { Engine } from '../../arm/contract.ts';
import { sameText, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { projectCollection } from './project-documents.ts';

/** One version of a named asset: a dataset, an index, an evaluator. */
export interface AssetVersion {
  readonly name: string;
  readonly version: string;
  readonly body: JsonObject;
}

/** The versioned assets of one kind in a project, in the order of creation. */
export interface Assets {
  find(name: string, version: string): AssetVersion | undefined;
  versions(name: string): AssetVersion[];
  /** The newest version of each name. */
  latest(): AssetVersion[];
  save(asset: AssetVersion): void;
  remove(name: string, version: string): void;
}

export function assetsOf({ documents }: Engine, project: Resource, kind: string): Assets {
  const all = projectCollection<AssetVersion>(project, `assets/${kind}`);
  const keyOf = (name: string, version: string): string => `${name}/${version}`;
  return {
    find: (name, version) => all.get(documents, keyOf(name, version)),
    versions: (name) => all.list(documents).filter((asset) => sameText(asset.name, name)),
    latest: () => {
      const newest = new Map<string, AssetVersion>();
      for (const asset of all.list(documents)) {
        newest.delete(asset.name.toLowerCase());
        newest.set(asset.name.toLowerCase(), asset);
      }
      return [...newest.values()];
    },
    save: (asset) => all.put(documents, keyOf(asset.name, asset.version), asset),
    remove: (name, version) => void all.delete(documents, keyOf(name, version)),
  };
}

/** `azureai://accounts/{account}/projects/{project}/{kind}/{name}/versions/{version}` */
export function assetId(
  account: StoredResource,
  project: StoredResource,
  kind: string,
  { name, version }: Pick<AssetVersion, 'name' | 'version'>,
): string {
  return `azureai://accounts/${account.name}/projects/${project.name}/${kind}/${name}/versions/${version}`;
}

/** Name and version of an asset id; undefined for anything else. */
export function parseAssetId(id: string, kind: string): Pick<AssetVersion, 'name' | 'version'> | undefined {
  const pattern =
    /^azureai:\/\/accounts\/[^/]+\/projects\/[^/]+\/(?<kind>[^/]+)\/(?<name>[^/]+)\/versions\/(?<version>[^/]+)$/iu;
  const groups = pattern.exec(id)?.groups;
  if (groups?.['kind'] !== kind) return undefined;
  return { name: groups['name'] ?? '', version: groups['version'] ?? '' };
}
