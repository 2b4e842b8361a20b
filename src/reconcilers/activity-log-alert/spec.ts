// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Fires when Azure's activity log has an entry: service health, a resource that is deleted, a policy that is violated.
 */
export interface ActivityLogAlertSpec {
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Meaning of the alert, and what to do about it.
   */
  description?: string;
  /**
   * Whether it is evaluated.
   */
  enabled?: boolean;
  /**
   * Resources whose entries count; the environment's resource group without it.
   *
   * @minItems 1
   */
  scopes?: [string, ...string[]];
  /**
   * All of them must hold.
   *
   * @minItems 1
   */
  conditions: [
    (HasValue | HasOneOf) & {
      /**
       * Field of the entry, such as category, operationName, level, status, resourceType.
       */
      field: string;
      /**
       * Value that it has.
       */
      equals?: string;
      /**
       * Values of which it has one.
       *
       * @minItems 1
       */
      containsAny?: [string, ...string[]];
    } & (HasValue | HasOneOf) & {
        /**
         * Field of the entry, such as category, operationName, level, status, resourceType.
         */
        field: string;
        /**
         * Value that it has.
         */
        equals?: string;
        /**
         * Values of which it has one.
         *
         * @minItems 1
         */
        containsAny?: [string, ...string[]];
      },
    ...((HasValue | HasOneOf) & {
      /**
       * Field of the entry, such as category, operationName, level, status, resourceType.
       */
      field: string;
      /**
       * Value that it has.
       */
      equals?: string;
      /**
       * Values of which it has one.
       *
       * @minItems 1
       */
      containsAny?: [string, ...string[]];
    } & (HasValue | HasOneOf) & {
        /**
         * Field of the entry, such as category, operationName, level, status, resourceType.
         */
        field: string;
        /**
         * Value that it has.
         */
        equals?: string;
        /**
         * Values of which it has one.
         *
         * @minItems 1
         */
        containsAny?: [string, ...string[]];
      })[]
  ];
  /**
   * Action groups to notify.
   */
  actionGroups?: string[];
}
export interface HasValue {
  [k: string]: unknown | undefined;
}
export interface HasOneOf {
  [k: string]: unknown | undefined;
}
