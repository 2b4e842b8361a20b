import { contentsOf } from '../../model/promotion/contents.ts';
import { SOURCE, type ReleaseContents } from '../../model/promotion/types.ts';
import { createSites } from '../../model/site.ts';
import type { PromotionRequest } from './request.ts';

/** The release that an environment has by its files, with contents; those of its own files where it has none yet. */
export function beforeOf(
  { all, environment, pointer, promotion }: PromotionRequest,
  name: string,
): { readonly id: string; readonly contents: ReleaseContents } {
  const release = all.releases.find((one) => one.name === name && one.id === pointer.id);
  const sites = createSites(
    environment.graph,
    environment.scope,
    () => undefined,
    () => undefined,
  );
  const { contents } = contentsOf(environment.graph, sites, promotion.policy.resources);
  return { id: pointer.id === '' ? SOURCE : pointer.id, contents: release?.contents ?? contents };
}
