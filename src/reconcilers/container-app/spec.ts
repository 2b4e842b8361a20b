// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An app on Azure Container Apps: containers, scaling, ingress and the identities it uses.
 */
export interface ContainerAppSpec {
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
   * Workload profile of the environment.
   */
  workloadProfile?: string;
  /**
   * Single replaces the running revision; Multiple keeps several and splits traffic.
   */
  revisionMode?: "Single" | "Multiple";
  /**
   * How a change of what runs reaches the users. Without it a new revision replaces the old one.
   */
  rollout?: {
    /**
     * blueGreen tests the candidate without traffic and then moves all of it; canary moves it in steps.
     */
    strategy: "recreate" | "blueGreen" | "canary";
    /**
     * Steps of a canary, one after the other; then all traffic moves.
     *
     * @minItems 1
     */
    steps?: [
      {
        /**
         * Percent of the traffic for the candidate.
         */
        setWeight?: number;
        /**
         * Waits; without a duration until `ingate rollout promote` or `approvedCandidate`.
         */
        pause?: {
          /**
           * How long.
           */
          duration?: string;
        };
        /**
         * Measures the candidate; an analysis below.
         */
        analysis?: string;
      },
      ...{
        /**
         * Percent of the traffic for the candidate.
         */
        setWeight?: number;
        /**
         * Waits; without a duration until `ingate rollout promote` or `approvedCandidate`.
         */
        pause?: {
          /**
           * How long.
           */
          duration?: string;
        };
        /**
         * Measures the candidate; an analysis below.
         */
        analysis?: string;
      }[]
    ];
    /**
     * blueGreen: moves the traffic when all tests have passed, without waiting for `ingate rollout promote`.
     */
    autoPromote?: boolean;
    /**
     * Hash of a candidate that is promoted without waiting: a promotion by pull request.
     */
    approvedCandidate?: string;
    /**
     * Requests that the candidate must answer correctly before it gets any traffic.
     */
    smokeTests?: {
      /**
       * HTTP method.
       */
      method?: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
      /**
       * Path and query.
       */
      path: string;
      /**
       * Sent as JSON.
       */
      body?: {
        [k: string]: unknown | undefined;
      };
      /**
       * Status that is expected.
       */
      status?: number;
      /**
       * Place in the answer, such as $.answer or $.items[0].id, that must be there.
       */
      jsonPath?: string;
      /**
       * Regular expression (RE2) that the value at jsonPath, or the whole answer, must match.
       */
      matches?: string;
      /**
       * Maximum time for an answer.
       */
      within?: string;
      /**
       * How often it is tried before it counts as failed.
       */
      attempts?: number;
    }[];
    /**
     * Measurements that steps and the time after the promotion name.
     */
    analysis?: {
      /**
       * Name that steps use.
       */
      name: string;
      /**
       * How long is measured.
       */
      window?: string;
      /**
       * How late measurements may arrive; what is newer is not read.
       */
      initialDelay?: string;
      /**
       * Minimum number of requests to the candidate; fewer are inconclusive.
       */
      minRequests?: number;
      /**
       * How many more windows to wait for enough data; after that a person must decide.
       */
      inconclusiveLimit?: number;
      /**
       * All metrics must be within their limits.
       *
       * @minItems 1
       */
      metrics: [
        {
          /**
           * Name of the metric in reports.
           */
          name: string;
          /**
           * Where it comes from: platform metrics of the app, or a query over a Log Analytics workspace.
           */
          source: "azureMonitor" | "logAnalytics";
          /**
           * Metric of Microsoft.App/containerApps, such as Requests, ResponseTime or RestartCount.
           */
          metric?: string;
          /**
           * How the values of a minute are put together.
           */
          aggregation?: "Total" | "Average" | "Maximum";
          /**
           * Status codes or classes such as 5xx: measured is their share of all requests, 0 to 1.
           *
           * @minItems 1
           */
          bad?: [string, ...string[]];
          /**
           * Workspace that is asked.
           */
          workspace?: string;
          /**
           * KQL whose first row has the value in its first column. {revision}, {from} and {to} are replaced.
           */
          query?: string;
          /**
           * File beside the manifest with the query.
           */
          queryFile?: string;
          /**
           * More than this is a failure.
           */
          atMost?: number;
          /**
           * Less than this is a failure.
           */
          atLeast?: number;
          /**
           * Maximum amount by which the candidate's value may exceed the stable revision's in the same period.
           */
          maxIncrease?: number;
        },
        ...{
          /**
           * Name of the metric in reports.
           */
          name: string;
          /**
           * Where it comes from: platform metrics of the app, or a query over a Log Analytics workspace.
           */
          source: "azureMonitor" | "logAnalytics";
          /**
           * Metric of Microsoft.App/containerApps, such as Requests, ResponseTime or RestartCount.
           */
          metric?: string;
          /**
           * How the values of a minute are put together.
           */
          aggregation?: "Total" | "Average" | "Maximum";
          /**
           * Status codes or classes such as 5xx: measured is their share of all requests, 0 to 1.
           *
           * @minItems 1
           */
          bad?: [string, ...string[]];
          /**
           * Workspace that is asked.
           */
          workspace?: string;
          /**
           * KQL whose first row has the value in its first column. {revision}, {from} and {to} are replaced.
           */
          query?: string;
          /**
           * File beside the manifest with the query.
           */
          queryFile?: string;
          /**
           * More than this is a failure.
           */
          atMost?: number;
          /**
           * Less than this is a failure.
           */
          atLeast?: number;
          /**
           * Maximum amount by which the candidate's value may exceed the stable revision's in the same period.
           */
          maxIncrease?: number;
        }[]
      ];
    }[];
    /**
     * Analysis of the time after all traffic has moved; when it fails, the traffic goes back.
     */
    postPromotion?: string;
    /**
     * Maximum time until the candidate is healthy.
     */
    progressDeadline?: string;
    /**
     * How long what served before is kept running.
     */
    scaleDownDelay?: string;
    /**
     * How long a candidate that was given up is kept running.
     */
    abortScaleDownDelay?: string;
    /**
     * Going back to one of so many earlier releases skips the steps.
     */
    rollbackWindow?: number;
  };
  /**
   * Inactive revisions that are kept for going back.
   */
  maxInactiveRevisions?: number;
  /**
   * How the app is reached. Without it the app takes no requests.
   */
  ingress?: {
    /**
     * Reachable from outside of the environment.
     */
    external?: boolean;
    /**
     * Port that the app listens on.
     */
    targetPort: number;
    /**
     * Protocol.
     */
    transport?: "auto" | "http" | "http2" | "tcp";
    /**
     * Answer plain http instead of redirecting to https.
     */
    allowInsecure?: boolean;
    /**
     * Whether callers show a certificate.
     */
    clientCertificateMode?: "ignore" | "accept" | "require";
    /**
     * Keep a caller on one replica.
     */
    stickySessions?: "sticky" | "none";
    /**
     * Addresses that may, or may not, connect.
     */
    ipSecurityRestrictions?: {
      /**
       * Name of the rule.
       */
      name: string;
      /**
       * Purpose.
       */
      description?: string;
      /**
       * Range in CIDR form.
       */
      ipAddressRange: string;
      /**
       * All rules of an app have the same action.
       */
      action: "Allow" | "Deny";
    }[];
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
   * Containers of each replica. A change makes a new revision.
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
   * How many replicas run.
   */
  scale?: {
    /**
     * Minimum number of replicas; 0 stops the app when there are no requests.
     */
    minReplicas?: number;
    /**
     * Maximum number of replicas.
     */
    maxReplicas?: number;
    /**
     * Seconds before the last replica stops.
     */
    cooldownPeriod?: number;
    /**
     * Seconds between looks at the rules.
     */
    pollingInterval?: number;
    /**
     * Scaling rules of the app.
     */
    rules?: {
      /**
       * Name of the rule.
       */
      name: string;
      /**
       * Requests at the same time.
       */
      http?: {
        /**
         * concurrentRequests, as text.
         */
        metadata?: {
          [k: string]: string | undefined;
        };
      };
      /**
       * Any KEDA scaler.
       */
      custom?: {
        /**
         * Name of the scaler.
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
      };
    }[];
  };
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
  /**
   * Seconds that a replica has to shut down.
   */
  terminationGracePeriodSeconds?: number;
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
