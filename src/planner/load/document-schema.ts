import type { SpecSchema } from '../../model/schema.ts';
import { API_VERSION } from '../../model/manifest.ts';

/** Where the shared pieces of all schemas are found, relative to each of them. */
const COMMON_SCHEMA_ID = 'common.schema.json';

function common(name: string): SpecSchema {
  return { $ref: `${COMMON_SCHEMA_ID}#/$defs/${name}` };
}

/** Members of `spec` that every kind has and that the planner takes out before a kind sees its spec. */
export const COMMON_SPEC_MEMBERS = ['azureName', 'lifecycle', 'dependsOn'] as const;

/** Schema of a whole document of a kind: envelope, the kind's own spec and what every spec may have. */
export function documentSchema(kind: string, spec: SpecSchema): SpecSchema {
  const { $defs, $schema: _, title: __, ...own } = spec;
  const shared = Object.fromEntries(COMMON_SPEC_MEMBERS.map((name) => [name, common(name)]));
  return {
    title: kind,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    additionalProperties: false,
    properties: {
      apiVersion: { description: 'Version of the manifest format.', const: API_VERSION },
      kind: { description: 'Kind of the resource.', const: kind },
      metadata: common('metadata'),
      spec: {
        default: {},
        ...(kind === 'Environment' ? own : { ...own, properties: { ...own.properties, ...shared } }),
      },
    },
    ...($defs === undefined ? {} : { $defs }),
  };
}
