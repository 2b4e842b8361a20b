// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A connection of a Foundry project, or of a whole account, to another service. Credentials are given by secret reference only.
 */
export interface ConnectionSpec {
  /**
   * Project, or account for all of its projects.
   */
  parent: string;
  /**
   * Category of the connected service, such as CognitiveSearch, AzureStorageAccount, CosmosDb, AppInsights, ContainerRegistry, RemoteTool or CustomKeys.
   */
  category: string;
  /**
   * Endpoint or resource id of the service.
   */
  target:
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
   * How the connection signs in. AAD uses the identity of the caller and needs no credentials.
   */
  authType?:
    | "AAD"
    | "ApiKey"
    | "AccountKey"
    | "AccessKey"
    | "CustomKeys"
    | "ManagedIdentity"
    | "None"
    | "OAuth2"
    | "PAT"
    | "SAS"
    | "ServicePrincipal"
    | "UsernamePassword"
    | "ProjectManagedIdentity"
    | "AccountManagedIdentity"
    | "UserEntraToken"
    | "AgenticIdentityToken";
  /**
   * Credentials that authType needs, such as key for ApiKey or clientId and clientSecret for ServicePrincipal. For CustomKeys any names.
   */
  credentials?: {
    /**
     * A secret by reference, or a value that another resource produces.
     */
    [k: string]:
      | {
          /**
           * Where the value comes from.
           */
          secret: SecretFromEnvironment | SecretFromKeyVault;
        }
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
        }
      | undefined;
  };
  /**
   * Facts that clients of the connection read, such as ApiType and ResourceId.
   */
  metadata?: {
    /**
     * Text, or a value that another resource produces.
     */
    [k: string]:
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
        }
      | undefined;
  };
  /**
   * Usable by everybody with access to the project.
   */
  isSharedToAll?: boolean;
}
export interface SecretFromEnvironment {
  /**
   * Environment variable of the process that applies.
   */
  env: string;
  /**
   * Any text or number: another one means that the variable has another value, which is then written.
   */
  version?: string | number;
}
export interface SecretFromKeyVault {
  /**
   * Key Vault of this environment, or the Azure name of any other.
   */
  keyVault: string;
  /**
   * Name of the secret in it.
   */
  name: string;
  /**
   * Id of the version in the vault that is read, or any text or number: another one means that the secret is written again.
   */
  version?: string | number;
}
