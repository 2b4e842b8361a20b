import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Secrets that examples refer to. */
export const exampleSecrets = { CRM_KEY: 'crm-key-for-tests', CHAT_HOOK: 'https://chat.contoso.example/hook' };

function examplesOf(kind: string): string {
  const folder = kind.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
  return fileURLToPath(new URL(`../../src/reconcilers/${folder}/examples/`, import.meta.url));
}

/** The text of an example of a kind: minimal, full, changed, or what they need. */
export function example(kind: string, name: string): string | undefined {
  const path = join(examplesOf(kind), `${name}.yaml`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Where an example goes: the Environment's own replaces that of the lab. */
export function filesFor(kind: string, text: string): Record<string, string> {
  const needs = example(kind, 'needs');
  const path = kind === 'Environment' ? 'environments/dev/environment.yaml' : 'environments/dev/example.yaml';
  return {
    ...filesBeside(kind),
    ...(needs === undefined ? {} : { 'environments/dev/needs.yaml': needs }),
    [path]: text,
  };
}

/** Files that examples refer to. */
function filesBeside(kind: string): Record<string, string> {
  const folder = examplesOf(kind);
  const names = globSync('**/*', { cwd: folder, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/^(minimal|full|changed|needs)\.yaml$/.test(entry.name),
  );
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`environments/dev/${path.slice(folder.length)}`, readFileSync(path, 'utf8')];
    }),
  );
}
