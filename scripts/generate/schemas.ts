import planSchema from '../../src/cli/render/plan.schema.json' with { type: 'json' };
import gateReportSchema from '../../src/gates/report/gate-report.schema.json' with { type: 'json' };
import { schemaFile } from '../../src/cli/commands/schema.ts';
import { isArray, isObject, type Json } from '../../src/model/json.ts';
import { inlineSchema } from '../../src/model/schema.ts';
import { API_VERSION } from '../../src/model/manifest.ts';
import { documentSchema } from '../../src/planner/load/document-schema.ts';
import { steeringKinds } from '../../src/model/promotion/documents.ts';
import { registry } from '../../src/reconcilers/registry.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** The published schemas by file name: one per kind, one that chooses by kind for editors, and that of `plan -o json`. */
export function schemaFiles(): Map<string, string> {
  const kinds = [...registry.values(), ...steeringKinds.values()].toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const ofKinds = kinds.map(({ kind, schema }): [string, Json] => {
    const whole = inlineSchema(documentSchema(kind, schema));
    return [schemaFile(kind), { $schema: DRAFT, ...(published(whole as unknown as Json) as object) }];
  });
  const files: [string, Json][] = [
    ...ofKinds,
    ['manifest.schema.json', manifestSchema(kinds.map((one) => one.kind))],
    ['plan.schema.json', planSchema],
    ['gate-report.schema.json', gateReportSchema],
  ];
  return new Map(files.map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]));
}

/** Without the keywords that only ingate reads. */
function published(value: Json): Json {
  if (isArray(value)) return value.map(published);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('x-') && key !== '$defs');
  // Editors show this instead of the pattern itself.
  const form = typeof value['pattern'] === 'string' ? value['x-form'] : undefined;
  const message = typeof form === 'string' ? { patternErrorMessage: `Must be ${form}.` } : {};
  return { ...Object.fromEntries(kept.map(([key, item]) => [key, published(item)])), ...message };
}

function manifestSchema(kinds: readonly string[]): Json {
  const choice = (kind: string): Json => ({
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    then: { $ref: schemaFile(kind) },
  });
  return {
    $schema: DRAFT,
    title: 'ingate manifest',
    description: 'One resource of an environment. The kind decides what spec may hold.',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { description: 'Version of the manifest format.', const: API_VERSION },
      kind: { description: 'Kind of the resource.', enum: [...kinds] },
    },
    allOf: kinds.map(choice),
  };
}
