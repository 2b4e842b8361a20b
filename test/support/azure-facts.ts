import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AzureFacts } from '../../src/model/azure-facts.ts';
import type { SpecSchema } from '../../src/model/schema.ts';

const reconcilers = fileURLToPath(new URL('../../src/reconcilers', import.meta.url));

/** A kind's folder with the facts about its type and its hand-written schema. */
export interface KindFacts {
  readonly folder: string;
  readonly facts: AzureFacts;
  readonly schema: SpecSchema;
}

/** Every kind that has an `azure.json`. */
export const kindFacts: readonly KindFacts[] = readdirSync(reconcilers)
  .filter((folder) => existsSync(join(reconcilers, folder, 'azure.json')))
  .map((folder) => ({
    folder,
    facts: readJson(join(reconcilers, folder, 'azure.json')) as AzureFacts,
    schema: readJson(join(reconcilers, folder, 'schema.json')) as SpecSchema,
  }));

/** The JSON value of a file. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
