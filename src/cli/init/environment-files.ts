import { readFileSync } from 'node:fs';
import { isObject, without, type JsonObject } from '../../model/json.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { steeringKinds } from '../../model/promotion/documents.ts';
import { registry } from '../../reconcilers/registry.ts';
import { schemaFile } from '../commands/schema.ts';
import { packagePath } from '../package-folder.ts';
import { BASE } from './names.ts';

/** The schema for editors, in one file. */
export const SCHEMA_FILE = 'schema/ingate.schema.json';

/** An environment per name, and what all of them start from. They are valid at once and run on the embedded Azure. */
export function environmentFiles(project: string, environments: readonly string[]): Map<string, string> {
  const own = environments.map((name): [string, string] => [
    `environments/${name}/environment.yaml`,
    environmentFile(project, name),
  ]);
  return new Map([[`environments/${BASE}/monitoring.yaml`, BASE_FILE], ...own]);
}

const MODELINE = `# yaml-language-server: $schema=../../${SCHEMA_FILE}`;

const BASE_FILE = `${MODELINE}
# What every environment has. An environment changes it by a document of the same kind and name in its own folder.
apiVersion: ${API_VERSION}
kind: LogWorkspace
metadata:
  name: logs
spec: {}
`;

function environmentFile(project: string, name: string): string {
  return `${MODELINE}
apiVersion: ${API_VERSION}
kind: Environment
metadata:
  name: ${name}
spec:
  # \`local\` is the embedded Azure, for trying things. For the real one: \`public\`, with your subscription.
  cloud: local
  subscriptionId: 00000000-0000-0000-0000-000000000001
  resourceGroup: rg-${project}-${name}
  location: swedencentral
  extends: ../${BASE}
`;
}

/** The published schemas as one document, so that editors need one file: what differs by kind is below \`$defs\`. */
export function bundledSchema(header: string): string {
  const manifest = readSchema('manifest');
  const kinds = [...registry.keys(), ...steeringKinds.keys()];
  const choice = (kind: string): object => ({
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    then: { $ref: `#/$defs/${kind}` },
  });
  const defs = kinds.map((kind): [string, JsonObject] => [kind, readSchema(kind)]);
  const bundle = { $comment: header, ...manifest, allOf: kinds.map(choice), $defs: Object.fromEntries(defs) };
  return `${JSON.stringify(bundle)}\n`;
}

/** The whole document names its dialect once. */
function readSchema(name: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(packagePath('schema', schemaFile(name)), 'utf8'));
  if (!isObject(value)) throw new Error(`The published schema of ${name} is not an object`);
  return name === 'manifest' ? value : without(value, '$schema');
}
