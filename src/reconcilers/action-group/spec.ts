// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Recipients of a notification when an alert fires.
 */
export interface ActionGroupSpec {
  /**
   * Global, or the region that it is processed in.
   */
  location?: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Name in messages.
   */
  shortName: string;
  /**
   * Whether messages are sent.
   */
  enabled?: boolean;
  /**
   * People notified by email.
   */
  emailReceivers?: {
    /**
     * Name of the receiver.
     */
    name: string;
    /**
     * Mail address.
     */
    emailAddress: string;
    /**
     * Same form of message for every kind of alert.
     */
    useCommonAlertSchema?: boolean;
  }[];
  /**
   * Web hooks. Their addresses hold tokens, so they are given by secret reference.
   */
  webhookReceivers?: {
    /**
     * Name of the receiver.
     */
    name: string;
    /**
     * Address.
     */
    serviceUri:
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
        };
    /**
     * Same form of message for every kind of alert.
     */
    useCommonAlertSchema?: boolean;
  }[];
  /**
   * Everybody with a role on the subscription.
   */
  armRoleReceivers?: {
    /**
     * Name of the receiver.
     */
    name: string;
    /**
     * GUID of the role.
     */
    roleId: string;
    /**
     * Same form of message for every kind of alert.
     */
    useCommonAlertSchema?: boolean;
  }[];
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
