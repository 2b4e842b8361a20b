// Generated from schema.json by `npm run generate`. Do not edit.

export type BuiltInRole =
  | "AcrPull"
  | "AcrPush"
  | "Azure AI Developer"
  | "Cognitive Services OpenAI Contributor"
  | "Cognitive Services OpenAI User"
  | "Cognitive Services User"
  | "Container Registry Repository Contributor"
  | "Container Registry Repository Reader"
  | "Container Registry Repository Writer"
  | "Container Registry Tasks Contributor"
  | "Contributor"
  | "Cosmos DB Operator"
  | "Foundry Account Owner"
  | "Foundry Owner"
  | "Foundry Project Manager"
  | "Foundry User"
  | "Key Vault Administrator"
  | "Key Vault Crypto User"
  | "Key Vault Secrets Officer"
  | "Key Vault Secrets User"
  | "Log Analytics Contributor"
  | "Log Analytics Reader"
  | "Monitoring Metrics Publisher"
  | "Monitoring Reader"
  | "Owner"
  | "Reader"
  | "Role Based Access Control Administrator"
  | "Search Index Data Contributor"
  | "Search Index Data Reader"
  | "Search Service Contributor"
  | "Storage Account Contributor"
  | "Storage Blob Data Contributor"
  | "Storage Blob Data Owner"
  | "Storage Blob Data Reader"
  | "User Access Administrator";
export type RoleGuid = string;

/**
 * Grants a role to an identity. Its name in Azure is derived from scope, principal and role, so that the same grant is never made twice.
 */
export interface RoleAssignmentSpec {
  /**
   * Built-in role by name, or the GUID of any role.
   */
  role: BuiltInRole | RoleGuid;
  /**
   * Who gets the role: the object id, or the identity of a resource of this environment.
   */
  principal: {
    /**
     * Text, or a value that another resource produces.
     */
    id:
      | string
      | {
          /**
           * Which output of which resource.
           */
          valueFrom: {
            /**
             * Kind of the resource.
             */
            kind: string;
            /**
             * Its metadata.name.
             */
            name: string;
            /**
             * Name of the output; `ingate explain KIND` lists them.
             */
            output: string;
          };
        };
    /**
     * Kind of principal. Saying it avoids errors for identities that are not yet known everywhere.
     */
    type?: "ServicePrincipal" | "User" | "Group" | "ForeignGroup";
  };
  /**
   * Scope of the role: a resource of this environment, the Environment itself for its resource group, or a resource id.
   */
  scope: string;
  /**
   * Why the role is granted.
   */
  description?: string;
}
