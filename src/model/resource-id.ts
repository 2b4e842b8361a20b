/**
 * `Kind/name`: how a resource is spelled in YAML, plan, log and error. A part of a resource that is its own thing in
 * Azure adds segments: `StorageAccount/data/containers/documents`.
 */
export type ResourceId = `${string}/${string}`;

export function resourceId(kind: string, ...names: readonly string[]): ResourceId {
  return `${kind}/${names.join('/')}`;
}

export function kindOf(id: ResourceId): string {
  return id.slice(0, id.indexOf('/'));
}

/** Everything after the kind. */
export function nameOf(id: ResourceId): string {
  return id.slice(id.indexOf('/') + 1);
}

export function isResourceId(text: string): text is ResourceId {
  return /^[A-Z][A-Za-z]*\/[^/]/.test(text);
}
