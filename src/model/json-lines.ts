import { isObject, type JsonObject, type Pointer } from './json.ts';

/** A line of JSON Lines that is not empty. */
export interface JsonLine {
  /** Starts at 1 and counts empty lines, as editors do. */
  readonly number: number;
  /** Absent where the line is not a JSON object. */
  readonly value?: JsonObject;
}

/** A flaw of a text that a field holds. `line` starts at 1; absent where the whole text is meant. */
export interface LineFlaw {
  readonly message: string;
  readonly line?: number;
}

/** A flaw of a spec beyond its schema. `line`: of the text that the field holds, such as a dataset. */
export interface FieldFlaw extends LineFlaw {
  readonly field: Pointer;
}

/** Reads JSON Lines, with Unix or Windows line endings. Empty lines do not count. */
export function jsonLines(text: string): JsonLine[] {
  return text.split('\n').flatMap((line, index): JsonLine[] => {
    if (line.trim() === '') return [];
    const value = parsedObject(line);
    return [{ number: index + 1, ...(value === undefined ? {} : { value }) }];
  });
}

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
