import type { AzureReader } from '../../model/azure.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import type { KindCatalog } from '../../model/kind.ts';
import type { Change } from '../../model/plan.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { planEnvironment, validateEnvironment, type Validated } from '../index.ts';
import type { Draft } from './arrange.ts';
import type { Omission } from './subject.ts';

export interface CheckRequest {
  readonly folder: string;
  readonly kinds: KindCatalog;
  /** The repository as it would be with these manifests written. */
  readonly filesWith: (drafts: readonly Draft[]) => ProjectFiles;
}

export interface Checked {
  readonly drafts: readonly Draft[];
  readonly omissions: readonly Omission[];
  readonly validated: Validated;
}

/**
 * Manifests that are right together. What has an error is left out and told with it, and then what referred to that. The
 * environment itself always stays, so its errors remain in `validated`.
 */
export function withoutErrors(drafts: readonly Draft[], request: CheckRequest): Checked {
  const { folder, kinds } = request;
  const omissions: Omission[] = [];
  for (let rest = drafts; ;) {
    const validated = validateEnvironment({ files: request.filesWith(rest), folder, kinds });
    const wrong = wrongDrafts(rest, validated.diagnostics);
    if (wrong.size === 0) return { drafts: rest, omissions, validated };
    for (const [id, { message }] of wrong) omissions.push({ what: id, reason: message });
    rest = rest.filter(({ id }) => !wrong.has(id));
  }
}

function wrongDrafts(drafts: readonly Draft[], diagnostics: readonly Diagnostic[]): Map<ResourceId, Diagnostic> {
  const errors = diagnostics.filter((one) => one.severity === 'error' && one.resource !== undefined);
  const found = errors.toReversed().flatMap((error): [ResourceId, Diagnostic][] => {
    const draft = drafts.find(({ id }) => id === error.resource || error.resource?.startsWith(`${id}/`));
    return draft && !draft.id.startsWith('Environment/') ? [[draft.id, error]] : [];
  });
  return new Map(found);
}

/** How a manifest and its live resource differ although one was made from the other. */
export interface Difference {
  readonly resource: ResourceId;
  readonly action: Change['action'];
  readonly fields: readonly string[];
}

/**
 * What a plan of the manifests would change besides taking over; `refusals` say why it could not be applied. Undefined
 * where Azure could not be read in full.
 */
export async function planDifferences(
  { environment, scope, graph, diagnostics }: Validated,
  kinds: KindCatalog,
  reader: AzureReader,
): Promise<{ readonly differences: readonly Difference[]; readonly refusals: readonly Diagnostic[] } | undefined> {
  if (!environment || !scope || hasErrors(diagnostics)) return undefined;
  const head = { commit: null, dirty: false };
  const planned = await planEnvironment({
    environment,
    graph,
    scope,
    kinds,
    reader,
    prune: false,
    tool: '',
    head,
  });
  if (!planned.plan) return undefined;
  const differences = planned.plan.changes.flatMap((change): Difference[] => {
    if (change.action === 'keep') return [];
    const fields =
      change.action === 'update' || change.action === 'replace' ? change.fields.map(({ label }) => label) : [];
    return change.action === 'update' && fields.length === 0
      ? []
      : [{ resource: change.id, action: change.action, fields }];
  });
  return { differences, refusals: planned.plan.refusals };
}
