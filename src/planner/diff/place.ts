import type { Json, Pointer } from '../../model/json.ts';
import type { FieldChange } from '../../model/plan.ts';
import type { SpecSchema } from '../../model/schema.ts';

/** What was found so far. */
export interface Found {
  readonly fields: FieldChange[];
  readonly immutable: Pointer[];
  readonly unchecked: Pointer[];
}

/** One value on all sides. `based`: there is a base at all, even where it has no such value. */
export interface Place {
  readonly schema: SpecSchema | undefined;
  readonly desired: Json | undefined;
  readonly live: Json | undefined;
  readonly base: Json | undefined;
  readonly path: Pointer;
  readonly label: string;
  readonly immutable: boolean;
  readonly based: boolean;
  /** Secrets are written again although nothing says that they changed. */
  readonly rotate: boolean;
  /** The base declared everything here, so what it does not have was not to be there. */
  readonly whole: boolean;
  /** Everything below is declared, so what only live has is a difference. */
  readonly closed: boolean;
}

/** What every place begins with: at the top of a spec, with nothing known about a base. */
export const TOP = {
  path: '',
  label: '',
  immutable: false,
  based: false,
  rotate: false,
  whole: false,
  closed: false,
} as const;
