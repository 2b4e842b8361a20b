import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';

export interface InputOptions {
  readonly input?: string;
  /** Path, or `-` for standard input. */
  readonly file?: string;
}

const MOST_BYTES = 8 * 1024 * 1024;

/** What is sent: undefined where nothing was given. */
export function readInput(cwd: string, { input, file }: InputOptions): string | undefined | Diagnostic {
  if (input !== undefined && file !== undefined)
    return problem('ING6340', 'Both --input and --file say what is sent', { hint: 'Leave one of them out.' });
  if (file === undefined) return input;
  try {
    const bytes = readFileSync(file === '-' ? 0 : resolve(cwd, file));
    if (bytes.length > MOST_BYTES) return problem('ING6341', `${file} is larger than ${MOST_BYTES} bytes`);
    return bytes.toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem('ING6341', `${file} cannot be read: ${why}`);
  }
}
