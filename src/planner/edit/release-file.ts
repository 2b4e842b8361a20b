import { stringify } from 'yaml';
import { API_VERSION } from '../../model/manifest.ts';
import type { Release } from '../../model/promotion/types.ts';

/** The text of a release's file. Reading it gives the same contents, so the same id. */
export function releaseText({ name, contents, source }: Release): string {
  const document = {
    apiVersion: API_VERSION,
    kind: 'Release',
    metadata: { name },
    spec: { contents, ...(Object.keys(source).length > 0 ? { source } : {}) },
  };
  const head = '# Written by `ingate release`. The file is named by its contents, so it is never changed.\n';
  return head + stringify(document, { lineWidth: 0, blockQuote: 'literal' });
}
