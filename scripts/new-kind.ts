// Makes the folder of a new kind: schema, declaration and examples, and its line in the registry.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kindFolder } from './generate/spec-types.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { type: { type: 'string' }, 'api-version': { type: 'string' } },
});
const [kind] = positionals;
if (kind === undefined || !/^[A-Z][A-Za-z]+$/.test(kind)) {
  console.error('Usage: npm run new-kind -- Name --type Microsoft.Provider/types --api-version 2026-01-01');
  process.exit(64);
}

const type = values.type ?? 'Microsoft.Provider/types';
const apiVersion = values['api-version'] ?? '2026-01-01';
const folder = kindFolder(kind);
const variable = kind.charAt(0).toLowerCase() + kind.slice(1);
const target = join(root, 'src/reconcilers', folder);
if (existsSync(target)) {
  console.error(`src/reconcilers/${folder} exists already`);
  process.exit(1);
}

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: kind,
  description: `One sentence about ${type}: what it is for in an environment.`,
  type: 'object',
  additionalProperties: false,
  properties: {
    location: { $ref: 'common.schema.json#/$defs/location' },
    tags: { $ref: 'common.schema.json#/$defs/tags' },
  },
};

const declaration = `import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

export const ${variable} = armKind({
  kind: '${kind}',
  schema,
  type: '${type}',
  apiVersion: '${apiVersion}',
  nameRule: { scope: 'group', pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  readOnly: [],
});
`;

function example(spec: string): string {
  return `apiVersion: ingate/v1alpha1\nkind: ${kind}\nmetadata:\n  name: example\n${spec}`;
}

const files: Readonly<Record<string, string>> = {
  'schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'index.ts': declaration,
  'examples/minimal.yaml': example(''),
  'examples/full.yaml': example('spec:\n  tags: { purpose: example }\n'),
  'examples/changed.yaml': example('spec:\n  tags: { purpose: changed }\n'),
};
mkdirSync(join(target, 'examples'), { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);

const registryPath = join(root, 'src/reconcilers/registry.ts');
const registry = readFileSync(registryPath, 'utf8');
const imports = [...registry.matchAll(/^import \{ \w+ \} from '\.\/.*';$/gm)].map((match) => match[0]);
const entries = [...registry.matchAll(/^ {2}(\w+),$/gm)].map((match) => match[1] ?? '');
const withImport = registry.replace(
  imports.join('\n'),
  [...imports, `import { ${variable} } from './${folder}/index.ts';`]
    .toSorted((a, b) => (a.slice(9) < b.slice(9) ? -1 : 1))
    .join('\n'),
);
writeFileSync(
  registryPath,
  withImport.replace(
    entries.map((name) => `  ${name},`).join('\n'),
    [...entries, variable]
      .toSorted()
      .map((name) => `  ${name},`)
      .join('\n'),
  ),
);

console.log(`Made src/reconcilers/${folder} and registered it. Next:
1. Describe the fields in schema.json; x- keywords say how each relates to Azure (see CONTRIBUTING.md).
2. List what Azure computes in readOnly, and complete the examples.
3. npm run generate, then npm test: the contract suite covers the kind by its examples.`);
