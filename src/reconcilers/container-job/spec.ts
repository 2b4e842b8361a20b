// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A job on Azure Container Apps: containers that run to their end, started by hand, by a schedule or by events.
 */
export type ContainerJobSpec = {
  /**
   * Environment that it runs in, managed or connected.
   */
  environment: string;
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
   * Profile of the environment that it runs on.
   */
  workloadProfile?: string;
  /**
   * Trigger of executions.
   */
  trigger?: "Manual" | "Schedule" | "Event";
  /**
   * When it starts, as a cron expression in UTC, for the trigger Schedule.
   */
  schedule?: string;
  /**
   * Replicas of one execution that run at once.
   */
  parallelism?: number;
  /**
   * Replicas that must succeed.
   */
  completions?: number;
  /**
   * Maximum number of seconds that a replica may run.
   */
  replicaTimeout?: number;
  /**
   * Times that a failed replica is started again.
   */
  replicaRetryLimit?: number;
  /**
   * Settings for the trigger Event.
   */
  eventScale?: {
    /**
     * Fewest executions.
     */
    minExecutions?: number;
    /**
     * Maximum number of concurrent executions.
     */
    maxExecutions?: number;
    /**
     * Seconds between looks at the rules.
     */
    pollingInterval?: number;
    /**
     * Scaling rules.
     *
     * @minItems 1
     */
    rules: [
      {
        /**
         * Name of the rule.
         */
        name: string;
        /**
         * KEDA scaler, such as azure-queue.
         */
        type: string;
        /**
         * Settings of the scaler, as text.
         */
        metadata?: {
          [k: string]: string | undefined;
        };
        /**
         * Identity that the scaler signs in with.
         */
        identity?: string;
      },
      ...{
        /**
         * Name of the rule.
         */
        name: string;
        /**
         * KEDA scaler, such as azure-queue.
         */
        type: string;
        /**
         * Settings of the scaler, as text.
         */
        metadata?: {
          [k: string]: string | undefined;
        };
        /**
         * Identity that the scaler signs in with.
         */
        identity?: string;
      }[]
    ];
  };
  /**
   * Private registries, pulled from with an identity, or with a user and a password.
   */
  registries?: {
    /**
     * Login server.
     */
    server:
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
     * Identity with the AcrPull role: a ManagedIdentity, system for the resource's own, or system-environment for that of its environment.
     */
    identity?: string;
    /**
     * User of the registry, where there is no identity.
     */
    username?: string;
    /**
     * Name of the secret, among secrets, that holds the password.
     */
    passwordSecretRef?: string;
  }[];
  /**
   * Secrets that environment variables and scale rules can use.
   */
  secrets?: {
    /**
     * Name of the secret in the app.
     */
    name: string;
    /**
     * Value, by reference.
     */
    value?:
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
     * Secret of a Key Vault of this environment that the app reads itself; nothing secret passes through ingate.
     */
    keyVault?: {
      /**
       * Key Vault.
       */
      vault: string;
      /**
       * Name of the secret in it.
       */
      secret: string;
    };
    /**
     * URL of a secret of any other Key Vault that the app reads itself.
     */
    keyVaultUrl?:
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
     * Identity that reads it: a ManagedIdentity, or system for the resource's own.
     */
    identity?: string;
  }[];
  /**
   * Containers of each replica.
   *
   * @minItems 1
   *
   * Items: A container of an app or a job.
   */
  containers: [
    {
      /**
       * Name of the container.
       */
      name: string;
      /**
       * Image with its registry, by digest (name@sha256:…) to pin it.
       */
      image:
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
       * Entry point instead of the image's.
       */
      command?: string[];
      /**
       * Arguments instead of the image's.
       */
      args?: string[];
      /**
       * Environment variables.
       */
      env?: {
        /**
         * Name of the variable.
         */
        name: string;
        /**
         * Its value.
         */
        value?:
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
         * Name of a secret of the app instead of a value.
         */
        secretRef?: string;
      }[];
      /**
       * CPU and memory of each replica. Azure allows pairs of 1 cpu and 2 Gi, in steps of a quarter.
       */
      resources?: {
        /**
         * Cores.
         */
        cpu?: number;
        /**
         * Memory, such as 1Gi.
         */
        memory?: string;
      };
      /**
       * Health checks. By default Azure's own checks of the port.
       */
      probes?: {
        /**
         * Type of the probe.
         */
        type: "Liveness" | "Readiness" | "Startup";
        /**
         * A GET that must answer 2xx or 3xx.
         */
        httpGet?: {
          /**
           * Path.
           */
          path: string;
          /**
           * Port.
           */
          port: number;
          /**
           * Protocol.
           */
          scheme?: "HTTP" | "HTTPS";
        };
        /**
         * A port that must accept connections.
         */
        tcpSocket?: {
          /**
           * Port.
           */
          port: number;
        };
        /**
         * Wait before the first check.
         */
        initialDelaySeconds?: number;
        /**
         * Pause between checks.
         */
        periodSeconds?: number;
        /**
         * Maximum wait for an answer.
         */
        timeoutSeconds?: number;
        /**
         * Failures in a row that count.
         */
        failureThreshold?: number;
        /**
         * Successes in a row that count.
         */
        successThreshold?: number;
      }[];
      /**
       * Volumes of the app in the container's file system.
       */
      volumeMounts?: {
        /**
         * Volume of the app.
         */
        volumeName: string;
        /**
         * Path in the container.
         */
        mountPath: string;
        /**
         * Part of the volume.
         */
        subPath?: string;
      }[];
    },
    ...{
      /**
       * Name of the container.
       */
      name: string;
      /**
       * Image with its registry, by digest (name@sha256:…) to pin it.
       */
      image:
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
       * Entry point instead of the image's.
       */
      command?: string[];
      /**
       * Arguments instead of the image's.
       */
      args?: string[];
      /**
       * Environment variables.
       */
      env?: {
        /**
         * Name of the variable.
         */
        name: string;
        /**
         * Its value.
         */
        value?:
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
         * Name of a secret of the app instead of a value.
         */
        secretRef?: string;
      }[];
      /**
       * CPU and memory of each replica. Azure allows pairs of 1 cpu and 2 Gi, in steps of a quarter.
       */
      resources?: {
        /**
         * Cores.
         */
        cpu?: number;
        /**
         * Memory, such as 1Gi.
         */
        memory?: string;
      };
      /**
       * Health checks. By default Azure's own checks of the port.
       */
      probes?: {
        /**
         * Type of the probe.
         */
        type: "Liveness" | "Readiness" | "Startup";
        /**
         * A GET that must answer 2xx or 3xx.
         */
        httpGet?: {
          /**
           * Path.
           */
          path: string;
          /**
           * Port.
           */
          port: number;
          /**
           * Protocol.
           */
          scheme?: "HTTP" | "HTTPS";
        };
        /**
         * A port that must accept connections.
         */
        tcpSocket?: {
          /**
           * Port.
           */
          port: number;
        };
        /**
         * Wait before the first check.
         */
        initialDelaySeconds?: number;
        /**
         * Pause between checks.
         */
        periodSeconds?: number;
        /**
         * Maximum wait for an answer.
         */
        timeoutSeconds?: number;
        /**
         * Failures in a row that count.
         */
        failureThreshold?: number;
        /**
         * Successes in a row that count.
         */
        successThreshold?: number;
      }[];
      /**
       * Volumes of the app in the container's file system.
       */
      volumeMounts?: {
        /**
         * Volume of the app.
         */
        volumeName: string;
        /**
         * Path in the container.
         */
        mountPath: string;
        /**
         * Part of the volume.
         */
        subPath?: string;
      }[];
    }[]
  ];
  /**
   * Containers that run to their end before the others start.
   *
   * Items: A container of an app or a job.
   */
  initContainers?: {
    /**
     * Name of the container.
     */
    name: string;
    /**
     * Image with its registry, by digest (name@sha256:…) to pin it.
     */
    image:
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
     * Entry point instead of the image's.
     */
    command?: string[];
    /**
     * Arguments instead of the image's.
     */
    args?: string[];
    /**
     * Environment variables.
     */
    env?: {
      /**
       * Name of the variable.
       */
      name: string;
      /**
       * Its value.
       */
      value?:
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
       * Name of a secret of the app instead of a value.
       */
      secretRef?: string;
    }[];
    /**
     * CPU and memory of each replica. Azure allows pairs of 1 cpu and 2 Gi, in steps of a quarter.
     */
    resources?: {
      /**
       * Cores.
       */
      cpu?: number;
      /**
       * Memory, such as 1Gi.
       */
      memory?: string;
    };
    /**
     * Health checks. By default Azure's own checks of the port.
     */
    probes?: {
      /**
       * Type of the probe.
       */
      type: "Liveness" | "Readiness" | "Startup";
      /**
       * A GET that must answer 2xx or 3xx.
       */
      httpGet?: {
        /**
         * Path.
         */
        path: string;
        /**
         * Port.
         */
        port: number;
        /**
         * Protocol.
         */
        scheme?: "HTTP" | "HTTPS";
      };
      /**
       * A port that must accept connections.
       */
      tcpSocket?: {
        /**
         * Port.
         */
        port: number;
      };
      /**
       * Wait before the first check.
       */
      initialDelaySeconds?: number;
      /**
       * Pause between checks.
       */
      periodSeconds?: number;
      /**
       * Maximum wait for an answer.
       */
      timeoutSeconds?: number;
      /**
       * Failures in a row that count.
       */
      failureThreshold?: number;
      /**
       * Successes in a row that count.
       */
      successThreshold?: number;
    }[];
    /**
     * Volumes of the app in the container's file system.
     */
    volumeMounts?: {
      /**
       * Volume of the app.
       */
      volumeName: string;
      /**
       * Path in the container.
       */
      mountPath: string;
      /**
       * Part of the volume.
       */
      subPath?: string;
    }[];
  }[];
  /**
   * Volumes that containers can mount.
   */
  volumes?: {
    /**
     * Name of the volume.
     */
    name: string;
    /**
     * Type of storage.
     */
    storageType?: "EmptyDir" | "AzureFile" | "NfsAzureFile" | "Secret";
    /**
     * Storage of the environment, for AzureFile.
     */
    storageName?: string;
  }[];
};

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
