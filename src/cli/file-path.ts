import { resolve } from 'node:path';

/** A path of the command line, resolved from where the command was started (`--cwd`). */
export interface FilePath {
  readonly absolute: string;
  /** As it was given; for messages. */
  readonly shown: string;
}

/** The one place where a path of the command line is resolved. `started` is absolute. */
export function filePath(started: string, shown: string): FilePath {
  return { absolute: resolve(started, shown), shown };
}
