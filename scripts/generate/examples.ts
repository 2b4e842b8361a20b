import { existsSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { registry } from '../../src/reconcilers/registry.ts';
import { kindFolder } from './spec-types.ts';

/** One example per kind in one file of the sources, so that the package has them as well. */
export function examplesFile(): Map<string, string> {
  const entries = [...registry.keys()].toSorted().flatMap((kind) => {
    const path = ['full', 'minimal']
      .map((name) => new URL(`../../src/reconcilers/${kindFolder(kind)}/examples/${name}.yaml`, import.meta.url))
      .find((one) => existsSync(one));
    if (!path) return [];
    const text = readFileSync(path, 'utf8');
    const documents = [parseAllDocuments(text)].flat().map((document): unknown => document.toJS());
    const value = documents.find((one) => (one as { kind?: string }).kind === kind);
    return [[kind, { text, value }]];
  });
  return new Map([['src/reconcilers/examples.json', `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`]]);
}
