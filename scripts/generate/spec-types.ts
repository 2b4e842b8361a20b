import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { inlineSchema } from '../../src/model/schema.ts';
import { registry } from '../../src/reconcilers/registry.ts';

const BANNER = '// Generated from schema.json by `npm run generate`. Do not edit.\n';

/** `spec.ts` of every kind's folder: the TypeScript type of its spec, by path from the root of the repository. */
export async function specTypes(): Promise<Map<string, string>> {
  const kinds = [...registry.values()];
  const files = await Promise.all(
    kinds.map(async ({ kind, schema }): Promise<[string, string]> => {
      const options = { bannerComment: BANNER, additionalProperties: true, format: true, strictIndexSignatures: true };
      const { title: _, ...rest } = inlineSchema(schema);
      const text = await compile({ ...rest, title: `${kind}Spec` } as unknown as JSONSchema, `${kind}Spec`, options);
      return [`src/reconcilers/${kindFolder(kind)}/spec.ts`, text];
    }),
  );
  return new Map(files);
}

/** Folder of a kind: `ModelDeployment` lives in `model-deployment`. */
export function kindFolder(kind: string): string {
  return kind.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
}
