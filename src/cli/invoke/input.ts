import { readFileSync } from 'node:fs';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { FilePath } from '../file-path.ts';
import { unreadable } from '../save-file.ts';

export interface InputOptions {
  readonly input?: string;
  /** Path, or `-` for standard input. */
  readonly file?: FilePath;
}

const MOST_BYTES = 8 * 1024 * 1024;

/** What is sent: undefined where nothing was given. */
export function readInput({ input, file }: InputOptions): string | undefined | Diagnostic {
  if (input !== undefined && file !== undefined)
    return problem('ING6340', 'Both --input and --file say what is sent', { hint: 'Leave one of them out.' });
  if (file === undefined) return input;
  try {
    const bytes = readFileSync(file.shown === '-' ? 0 : file.absolute);
    if (bytes.length > MOST_BYTES) return problem('ING6341', `${file.shown} is larger than ${MOST_BYTES} bytes`);
    return bytes.toString('utf8');
  } catch (error) {
    return problem('ING6341', `${file.shown} cannot be read: ${unreadable(error)}`);
  }
}
