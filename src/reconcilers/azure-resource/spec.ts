// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Any Azure resource, for types without their own kind. The body is written as Azure's reference describes it; only what is declared is compared.
 */
export interface AzureResourceSpec {
  /**
   * Azure type, such as Microsoft.Cache/redis.
   */
  type: string;
  /**
   * Version of Azure's API for the type.
   */
  apiVersion: string;
  /**
   * Resource that this one is a child of, when type has more than two segments, or that it is attached to, when extension is true.
   */
  parent?: string;
  /**
   * The resource is attached to its parent, like a lock or a diagnostic setting.
   */
  extension?: boolean;
  /**
   * Azure region; the environment's without it, for resources without a parent. Write none for types without a location.
   */
  location?: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Identities that the resource signs in with.
   */
  identity?: {
    /**
     * Azure creates an identity with the lifetime of the resource.
     */
    systemAssigned?: boolean;
    /**
     * Identities of this environment, or resource ids of others.
     */
    userAssigned?: string[];
  };
  /**
   * Azure's kind of the resource.
   */
  kind?: string;
  /**
   * Azure's sku of the resource.
   */
  sku?: {
    [k: string]: unknown | undefined;
  };
  /**
   * Properties, as Azure's reference describes them. valueFrom and secret may stand for any value.
   */
  properties?: {
    [k: string]: unknown | undefined;
  };
  /**
   * The type can carry tags, so the mark of ownership is kept there.
   */
  marked?: boolean;
  /**
   * Properties, as JSON pointers below properties, that Azure cannot change: a change replaces the resource.
   */
  immutable?: string[];
  /**
   * Properties, as JSON pointers below properties, that Azure never returns, so they are not compared.
   */
  writeOnly?: string[];
  /**
   * Properties, as JSON pointers below properties, that Azure computes: they are not sent back in an update.
   */
  readOnly?: string[];
}
