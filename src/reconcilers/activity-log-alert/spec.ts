// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Fires when Azure's activity log has an entry: service health, a resource that is deleted, a policy that is violated.
 */
export interface ActivityLogAlertSpec {
  /**
   * Global, or westeurope or northeurope for processing inside of the European Union.
   */
  location?: string;
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
   * Resources whose entries count. Without it the environment's resource group; for alerts about service health its subscription, which is all that they can have.
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
