import { documents } from './documents.ts';
import { examplesFile } from './examples.ts';
import { pictures } from './picture.ts';
import { schemaFiles } from './schemas.ts';
import { specTypes } from './spec-types.ts';

/** Everything that is generated and committed, by path from the root of the repository. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const schemas = [...schemaFiles()].map(([name, text]): [string, string] => [`schema/${name}`, text]);
  return new Map([...schemas, ...(await specTypes()), ...documents(), ...examplesFile(), ...pictures()]);
}
