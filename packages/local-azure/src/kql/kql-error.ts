/**
 * A query that cannot be answered. `syntax`: it cannot be read; `semantic`: it names what is not there; `limit`: not
 * imitated.
 */
export class KqlError extends Error {
  readonly kind: 'syntax' | 'semantic' | 'limit';
  /** From 1. */
  readonly line: number;
  /** From 1, within the line. */
  readonly column: number;
  readonly token: string;

  constructor(kind: KqlError['kind'], message: string, at: Place) {
    super(message);
    this.name = 'KqlError';
    this.kind = kind;
    this.line = at.line;
    this.column = at.column;
    this.token = at.text;
  }
}

/** A position in a query. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}
