import { readFileSync } from 'node:fs';
import { steeringKinds } from '../../model/promotion/documents.ts';
import { registry } from '../../reconcilers/registry.ts';
import { nameHint } from '../../planner/load/suggest.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { packagePath } from '../package-folder.ts';
import type { GlobalOptions } from '../program/registrar.ts';
import { styled } from '../text.ts';

/** Prints a published schema: of all manifests, of one kind, or of `plan -o json`. */
export async function schema(io: Io, _options: GlobalOptions, subject: string | undefined): Promise<number> {
  const names = ['manifest', 'plan', ...registry.keys(), ...steeringKinds.keys()];
  const name = subject === undefined ? 'manifest' : names.find((one) => one.toLowerCase() === subject.toLowerCase());
  if (name === undefined) {
    io.say([styled('error', `There is no schema "${subject ?? ''}".`)], [nameHint(subject ?? '', names, 'schemas')]);
    return exitCodes.usage;
  }
  io.write(readFileSync(packagePath('schema', schemaFile(name)), 'utf8'));
  return exitCodes.ok;
}

/** File of a published schema: `model-deployment.schema.json`. */
export function schemaFile(name: string): string {
  return `${name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.schema.json`;
}
