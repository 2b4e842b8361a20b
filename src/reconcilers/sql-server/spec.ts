// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A logical SQL server. Signing in is by Entra identity only unless entraOnly is switched off.
 */
export interface SqlServerSpec {
  /**
   * Azure region; the environment's without it.
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
   * Entra user, group or application that administers the server.
   */
  administrator?: {
    /**
     * Display name of the administrator.
     */
    login: string;
    /**
     * Object id of the administrator; for an application its client id.
     */
    objectId:
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
     * Type of the administrator.
     */
    principalType?: "User" | "Group" | "Application";
  };
  /**
   * Refuse SQL logins.
   */
  entraOnly?: boolean;
  /**
   * Name of the SQL administrator, where SQL logins are accepted.
   */
  administratorLogin?: string;
  /**
   * Password of the SQL administrator.
   */
  administratorLoginPassword?: {
    /**
     * Where the value comes from.
     */
    secret: SecretFromEnvironment | SecretFromKeyVault;
  };
  /**
   * Oldest TLS version that is accepted.
   */
  minimalTlsVersion?: "1.2" | "1.3" | "None" | "1.0" | "1.1";
  /**
   * Reachable from the internet, by the firewall's rules.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Limit what the server may connect to.
   */
  restrictOutboundNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Ranges of addresses that may connect.
   */
  firewallRules?: SqlFirewallRule[];
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
export interface SqlFirewallRule {
  /**
   * Name of the rule.
   */
  name: string;
  /**
   * First address; 0.0.0.0 with the same end lets Azure services in.
   */
  startIpAddress: string;
  /**
   * Last address.
   */
  endIpAddress: string;
}
