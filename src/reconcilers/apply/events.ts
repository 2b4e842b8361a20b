import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Action } from '../../model/plan.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** What an apply tells while it runs. Times are milliseconds. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly id: ResourceId; readonly action: Action }
  | { readonly type: 'progress'; readonly id: ResourceId; readonly action: Action; readonly message: string }
  | { readonly type: 'attached'; readonly id: ResourceId; readonly action: Action; readonly document: JsonObject }
  | {
      readonly type: 'finished';
      readonly id: ResourceId;
      readonly action: Action;
      readonly milliseconds: number;
      readonly address: string;
    }
  | {
      readonly type: 'failed';
      readonly id: ResourceId;
      readonly action: Action;
      readonly milliseconds: number;
      readonly problem: Diagnostic;
    }
  | { readonly type: 'blocked'; readonly id: ResourceId; readonly action: Action; readonly by: ResourceId }
  | { readonly type: 'unstarted'; readonly id: ResourceId; readonly action: Action };

/** How one change ended. A replacement has one outcome although it is two steps. */
export interface Outcome {
  readonly id: ResourceId;
  readonly action: Action;
  readonly status: 'done' | 'failed' | 'blocked' | 'unstarted';
  readonly problem?: Diagnostic;
}

export interface ApplyResult {
  readonly outcomes: readonly Outcome[];
  /** Everything that the plan asked for was done. */
  readonly complete: boolean;
  readonly interrupted: boolean;
}
