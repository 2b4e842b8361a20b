import { globSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, parseAllDocuments } from 'yaml';
import { format } from '../../src/cli/commands/fmt.ts';
import type { ProjectFiles } from '../../src/model/project-files.ts';
import { filesOnDisk } from '../../src/planner/load/files.ts';
import { validateEnvironment } from '../../src/planner/index.ts';
import { isObject, textOf, type JsonObject } from '../../src/model/json.ts';
import { registry } from '../../src/reconcilers/registry.ts';
import { runInProcess } from '../support/lab.ts';

const KINDS = new URL('../../src/reconcilers/', import.meta.url);
const examples = readdirSync(KINDS, { recursive: true, encoding: 'utf8' })
  .filter((file) => /examples\/.*\.yaml$/.test(file))
  .toSorted()
  .map((file) => [file, readFileSync(new URL(file, KINDS), 'utf8')] as const);

const pipelines = globSync(fileURLToPath(new URL('../../templates/**/*.yml', import.meta.url)));

function meaning(text: string): unknown[] {
  return parseAllDocuments(text, { version: '1.2', schema: 'core' }).map((document) => {
    const value = document.toJS() as JsonObject;
    const spec = value['spec'];
    const definition = registry.get(textOf(value, 'kind'));
    return { ...value, spec: isObject(spec) ? (definition?.canonical?.(spec) ?? spec) : spec };
  });
}

describe('ingate fmt', () => {
  it('leaves the sample of this repository as it is', async () => {
    const ran = await runInProcess(['fmt', '--check']);
    expect(ran).toMatchObject({ code: 0 });
  });

  it.each(examples)('changes nothing but the form of %s', (_, text) => {
    const formatted = format(text) ?? '';
    expect(meaning(formatted)).toEqual(meaning(text));
    expect(format(formatted)).toBe(formatted);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.boolean(),
        fc.constantFrom(0, 40, 120),
        fc.boolean(),
        (indent, flow, lineWidth, isPadded) => {
          const written = parseAllDocuments(text, { version: '1.2', schema: 'core' }).map((document) => {
            const other = new Document(document.toJS(), { version: '1.2', schema: 'core' });
            return other.toString({
              indent,
              lineWidth,
              flowCollectionPadding: isPadded,
              collectionStyle: flow ? 'flow' : 'block',
            });
          });
          const source = written.join('---\n');
          expect(meaning(format(source) ?? '')).toEqual(meaning(source));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('leaves alone what is not a manifest', () => {
    expect(format('on:   push\njobs: {a:  1}\n')).toBeUndefined();
    expect(pipelines.filter((path) => format(readFileSync(path, 'utf8')) !== undefined)).toEqual([]);
  });

  it('has nothing to do in examples', () => {
    expect(examples.filter(([, text]) => format(text) !== text).map(([file]) => file)).toEqual([]);
  });

  it('keeps the meaning of the sample, as the whole loader reads it', () => {
    const files = filesOnDisk(fileURLToPath(new URL('../..', import.meta.url)));
    const load = (read: ProjectFiles) =>
      ['dev', 'qa', 'prod'].map((name) => {
        const { graph, diagnostics } = validateEnvironment({
          files: read,
          folder: `environments/${name}`,
          kinds: registry,
        });
        return {
          nodes: [...graph].map(([id, { spec, azureName, references }]) => [id, spec, azureName, references]),
          diagnostics,
        };
      });
    const before = load(files);
    expect(before.map(({ nodes }) => nodes.length).every((count) => count > 40)).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.boolean(), fc.boolean(), (indent, isFlow, isPadded) => {
        const rewritten = (text: string): string =>
          parseAllDocuments(text, { version: '1.2', schema: 'core' })
            .map((document) =>
              new Document(document.toJS(), { version: '1.2', schema: 'core' }).toString({
                indent,
                lineWidth: 0,
                flowCollectionPadding: isPadded,
                collectionStyle: isFlow ? 'flow' : 'block',
              }),
            )
            .join('---\n');
        const read = (path: string): Uint8Array => {
          const bytes = files.read(path);
          if (!/^environments\/.*\.ya?ml$/u.test(path)) return bytes;
          const text = rewritten(new TextDecoder().decode(bytes));
          return new TextEncoder().encode(format(text) ?? text);
        };
        expect(load({ ...files, read })).toEqual(before);
      }),
      { numRuns: 3 },
    );
  });

  it('keeps the names of files, and writes lists without and mappings with spaces', () => {
    const text =
      'apiVersion: ingate/v1alpha1\nkind: Agent\nmetadata: { name: a }\nspec:\n  project: p\n  definition: { kind: workflow, workflowFile: ../f.yaml, a: [1, { b: [2] }] }\n';
    expect(format(text)).toBe(text);
  });
});
