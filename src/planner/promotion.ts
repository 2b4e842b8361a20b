import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isArray, member, textOf, valueAt, type JsonObject } from '../model/json.ts';
import type { KindCatalog } from '../model/kind.ts';
import { milliseconds } from '../model/promotion/duration.ts';
import type { Approval, PromotionPolicy, Release, Stage, TrustedKeys } from '../model/promotion/types.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import { readRelease } from './load/releases.ts';
import { readSteering, type Steering } from './load/steering.ts';
import { createValidator } from './load/validate.ts';

/** Everything that steers the promotion of one release, as the files of one commit say. */
export interface Promotion {
  readonly name: string;
  readonly policy: PromotionPolicy;
  readonly positionOf: Steering['positionOf'];
  readonly approvals: readonly Approval[];
}

/** What there is below the folder of releases. */
export interface Promotions {
  readonly promotions: readonly Promotion[];
  readonly trust: TrustedKeys;
  readonly trustAt: Steering['positionOf'] | undefined;
  readonly releases: readonly Release[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PromotionFiles {
  readonly files: ProjectFiles;
  /** Folder of releases from the root of the repository. */
  readonly releases: string;
  readonly kinds: KindCatalog;
}

const NO_TRUST: TrustedKeys = { keys: [], revoked: { releases: [], evidence: [] } };

/** Reads policies, approvals, trust and all releases. Everything that is wrong is told at once. */
export function loadPromotions({ files, releases, kinds }: PromotionFiles): Promotions {
  const diagnostics: Diagnostic[] = [];
  const validator = createValidator();
  const read = (path: string, kind: string) => readSteering(files, path, kind, validator, diagnostics);
  const trust = read(`${releases}/trust.yaml`, 'TrustedKeys');
  const names = (files.entries(releases) ?? []).filter((one) => one.type === 'folder').map((one) => one.name);
  const promotions: Promotion[] = [];
  const known: Release[] = [];
  for (const name of names.toSorted()) {
    const policy = read(`${releases}/${name}/policy.yaml`, 'PromotionPolicy');
    if (policy && policy.name !== name)
      diagnostics.push(
        problem('ING8106', `The policy of ${name} is named ${policy.name}`, {
          at: policy.document.locate('/metadata'),
        }),
      );
    for (const id of releaseIds(files, `${releases}/${name}`)) {
      const found = readRelease(name, id, { files, releases, kinds, validator, diagnostics });
      if (found) known.push(found.release);
    }
    const approvals = approvalFiles(files, `${releases}/${name}/approvals`).flatMap((path): Approval[] => {
      const found = read(path, 'Approval');
      return found
        ? [{ ...(found.spec as unknown as Omit<Approval, 'file' | 'release'>), file: path, release: name }]
        : [];
    });
    if (policy)
      promotions.push({ name, policy: policyOf(name, policy.spec), positionOf: policy.positionOf, approvals });
  }
  return {
    promotions,
    trust: trust ? (trust.spec as unknown as TrustedKeys) : NO_TRUST,
    trustAt: trust?.positionOf,
    releases: known,
    diagnostics,
  };
}

/** Ids of the releases in a folder. */
function releaseIds(files: ProjectFiles, folder: string): string[] {
  return (files.entries(folder) ?? []).flatMap(({ name, type }) => {
    const id = /^([0-9a-f]{12})\.yaml$/.exec(name)?.[1];
    return id === undefined || type !== 'file' ? [] : [id];
  });
}

function approvalFiles(files: ProjectFiles, folder: string): string[] {
  return (files.entries(folder) ?? [])
    .filter(({ name, type }) => type === 'file' && /\.ya?ml$/.test(name))
    .map(({ name }) => `${folder}/${name}`)
    .toSorted();
}

function policyOf(name: string, spec: JsonObject): PromotionPolicy {
  const stages = member(spec, 'stages');
  const { resources } = spec as unknown as Pick<PromotionPolicy, 'resources'>;
  return { name, resources, stages: isArray(stages) ? stages.map((one) => stageOf(one as JsonObject)) : [] };
}

function stageOf(stage: JsonObject): Stage {
  const require = (valueAt(stage, '/require') ?? {}) as JsonObject;
  return {
    ...(stage as unknown as Stage),
    require: {
      ...(require as unknown as Stage['require']),
      soak: milliseconds(textOf(require, 'soak')),
      evidenceMaxAge: milliseconds(textOf(require, 'evidenceMaxAge')),
    },
  };
}
