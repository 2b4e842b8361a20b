// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A user-assigned managed identity: what an app, a job or a pipeline signs in as, without a password.
 */
export interface ManagedIdentitySpec {
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
   * Tokens of other issuers that sign in as this identity, such as those of a CI pipeline.
   */
  federatedCredentials?: FederatedCredential[];
}
export interface FederatedCredential {
  /**
   * Name of the credential.
   */
  name: string;
  /**
   * Issuer of the token, such as https://token.actions.githubusercontent.com.
   */
  issuer: string;
  /**
   * Exact subject claim, such as repo:contoso/support:environment:prod.
   */
  subject: string;
  /**
   * Accepted audience claims.
   *
   * @minItems 1
   */
  audiences?: [string, ...string[]];
}
