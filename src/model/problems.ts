/** What stands behind a code: `cause` says why it is a problem, `remedy` what to do. Codes are permanent. */
export interface ProblemInfo {
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
}

/**
 * Every problem that ingate reports, by permanent code. 1xxx manifests, 2xxx references, 3xxx planning and safety,
 * 4xxx Azure, 5xxx applying, 6xxx command line. `docs/errors.md` is generated from it.
 */
export const problems = {
  ING1001: {
    title: 'No environments here',
    cause: 'The folder has no `environments` folder with one folder per environment in it.',
    remedy: 'Change to the root of the repository, pass `--cwd`, or run `ingate init` to create the folders.',
  },
  ING1002: {
    title: 'Unknown environment',
    cause: 'There is no folder of that name below `environments`.',
    remedy: 'Pass one of the names that the message lists.',
  },
  ING1003: {
    title: 'Symbolic link',
    cause: 'Links can lead out of the repository, so that a pull request could read files of the runner.',
    remedy: 'Replace the link by the file or folder it points to.',
  },
  ING1004: {
    title: 'Limit exceeded',
    cause:
      'Size, depth, aliases and documents are limited before a file is parsed, so that no input can exhaust the process.',
    remedy: 'Split the file, or move long text and data into files beside it.',
  },
  ING1005: {
    title: 'Not UTF-8',
    cause: 'Manifests are UTF-8 text without NUL bytes.',
    remedy: 'Save the file as UTF-8.',
  },
  ING1006: {
    title: 'YAML syntax',
    cause: 'The file is not valid YAML 1.2. Warnings count, because a value might be read differently than it looks.',
    remedy: 'Correct the place that the message points to.',
  },
  ING1007: {
    title: 'Key or tag not allowed',
    cause:
      'Manifests use plain string keys and no tags; a few keys are refused because they can poison JavaScript objects.',
    remedy: 'Use a plain string key and a plain value.',
  },
  ING1008: {
    title: 'Number would change',
    cause: 'The number cannot be kept exactly, or would be read as another one than it looks.',
    remedy: 'Put it in quotes where text is meant.',
  },
  ING1009: {
    title: 'Not a manifest',
    cause: 'Every document in an environment folder is a mapping with apiVersion, kind, metadata and spec.',
    remedy: 'Complete the document, or move the file out of the folder (names that start with `_` are passed over).',
  },
  ING1010: {
    title: 'Unknown kind or version',
    cause: 'The document names a kind or apiVersion that this version of ingate does not know.',
    remedy: 'Correct the name; `ingate explain` lists the kinds. `AzureResource` takes any Azure type.',
  },
  ING1011: {
    title: 'Unknown field',
    cause: 'Unknown fields are errors, because a misspelt field would silently do nothing.',
    remedy: 'Correct the name; `ingate explain KIND` lists the fields.',
  },
  ING1012: {
    title: 'Missing field',
    cause: 'The kind needs the field.',
    remedy: 'Add it; `ingate explain KIND.field` describes it.',
  },
  ING1013: {
    title: 'Value not allowed',
    cause: 'The value does not fit what the field takes.',
    remedy: 'Correct it; `ingate explain KIND.field` says what is allowed.',
  },
  ING1014: {
    title: 'Declared twice',
    cause: 'Kind and name identify a resource, so they can stand only once in an environment.',
    remedy: 'Remove or rename one of the two documents.',
  },
  ING1015: {
    title: 'Environment document',
    cause: 'An environment folder holds exactly one document of kind Environment, which says where everything lives.',
    remedy: 'Add one, or remove the additional one.',
  },
  ING1016: {
    title: 'Cannot extend',
    cause: "`extends` names a folder of the repository whose documents are merged below the environment's own.",
    remedy: 'Correct the path. A folder cannot extend itself, directly or over others.',
  },
  ING1017: {
    title: 'File reference',
    cause:
      'A field names a file that cannot be read. Paths are relative to the manifest and stay inside the repository.',
    remedy: 'Correct the path; use no links and no absolute paths.',
  },
  ING1018: {
    title: 'Literal secret',
    cause: 'A secret in a manifest is in Git for ever and in every plan.',
    remedy: 'Rotate the secret, then refer to it: `secret: {env: NAME}` or `secret: {keyVault: VAULT, name: SECRET}`.',
  },
  ING1019: {
    title: 'Name not possible in Azure',
    cause: 'The name that the naming pattern gives does not fit the rules of the Azure type.',
    remedy: "Shorten metadata.name, change the environment's naming pattern, or set spec.azureName.",
  },
  ING2001: {
    title: 'Reference to nothing',
    cause: 'The field names a resource that this environment does not declare.',
    remedy: 'Correct the name, or declare the resource.',
  },
  ING2002: {
    title: 'Ambiguous reference',
    cause: 'Several resources of different kinds have that name.',
    remedy: 'Write `Kind/name`.',
  },
  ING2003: {
    title: 'Dependency cycle',
    cause: 'Resources that wait for each other can never be created.',
    remedy: 'Remove one of the references that the message shows.',
  },
  ING2004: {
    title: 'Unknown output',
    cause: 'The resource does not produce an output of that name.',
    remedy: 'Use one of the outputs that the message lists.',
  },
  ING2005: {
    title: 'Same place in Azure',
    cause: 'Two resources would be the same resource in Azure and overwrite each other on every apply.',
    remedy: 'Give one of them another name or azureName.',
  },
  ING3001: {
    title: 'Protected from destruction',
    cause: 'The resource has `lifecycle.preventDestroy`, and the plan would delete or replace it.',
    remedy: 'Undo the change, or lift the protection in a reviewed commit of its own.',
  },
  ING3002: {
    title: 'Deletes not allowed',
    cause: "The environment's protection does not allow plans that delete or replace.",
    remedy: 'Set `protection.allowDeletes: true` in the environment for the change, in a reviewed commit.',
  },
  ING3003: {
    title: 'Too many deletes',
    cause: "The plan would destroy more than the environment's thresholds allow, as a renamed or emptied folder would.",
    remedy: 'Check that the deletes are meant; apply in smaller steps or raise the thresholds in a reviewed commit.',
  },
  ING3004: {
    title: 'Not ours',
    cause: 'A resource of that name exists in Azure without the mark of this environment.',
    remedy: 'Choose another name, or set `lifecycle.adopt: true` to take it over.',
  },
  ING3005: {
    title: 'Belongs to another environment',
    cause: 'The live resource carries the mark of another environment or manifest.',
    remedy: 'Choose another name; a resource belongs to one environment only.',
  },
  ING3006: {
    title: 'Plan is stale',
    cause: 'The plan that was reviewed is not what would be done now: files, commit, tool or Azure changed since.',
    remedy: 'Make a new plan and have it reviewed.',
  },
  ING3007: {
    title: 'Plan cannot be used',
    cause: 'The file is not a plan of this tool, is damaged, or was edited.',
    remedy: 'Make a new plan with `ingate plan --out`.',
  },
  ING3008: {
    title: 'Azure name taken back',
    cause: 'A deleted resource still holds the name until it is purged.',
    remedy: 'Restore or purge it; `onSoftDeleted` says which.',
  },
  ING3009: {
    title: 'Resource provider not registered',
    cause: 'The subscription does not offer resources of that provider until it is registered.',
    remedy: 'Register it once: `az provider register --namespace NAME`.',
  },
  ING3010: {
    title: 'Not enough quota',
    cause: 'The plan needs more capacity than the subscription has left in that region.',
    remedy: 'Ask for more quota, use less capacity or another kind of deployment, or choose another region.',
  },
  ING3011: {
    title: 'Model not offered',
    cause: 'The region does not offer the model, its version, or this kind of deployment of it.',
    remedy: 'Use what the message lists, or another region.',
  },
  ING3012: {
    title: 'Model retires',
    cause: 'Azure stops serving the model version on the date that the message names.',
    remedy: 'Move to a newer version, and have it evaluated before.',
  },
  ING3013: {
    title: 'Not checked before',
    cause: 'Azure could not be asked whether the change will be possible. Nothing speaks against it.',
    remedy: 'Give the identity that plans the Reader role on the subscription.',
  },
  ING3014: {
    title: 'Name taken',
    cause: 'The name is unique in all of Azure, and somebody has it.',
    remedy: 'Set `spec.azureName`, or put `{hash}` into the naming pattern of the environment.',
  },
  ING4001: {
    title: 'Azure cannot be reached',
    cause: 'No answer came from the endpoint.',
    remedy: "Check network, proxy and the environment's cloud. For `cloud: local`, check that the port is free.",
  },
  ING4002: {
    title: 'Not signed in',
    cause: 'No credential could be had, or Azure did not accept it.',
    remedy: 'Sign in with `az login`, or give the pipeline a federated identity; `ingate doctor` shows what is used.',
  },
  ING4003: {
    title: 'Not permitted',
    cause: 'The identity lacks the permission that the message names.',
    remedy: 'Grant the role that holds the action at the named scope; a new assignment takes minutes to work.',
  },
  ING4004: {
    title: 'Throttled',
    cause: 'Azure asked to wait longer than ingate is willing to.',
    remedy: 'Try again after the time that the message names.',
  },
  ING4005: {
    title: 'Azure refused the request',
    cause: 'Azure answered with an error.',
    remedy: "Read Azure's message; quote the request id to Azure support.",
  },
  ING4006: {
    title: 'Unexpected answer',
    cause: "The answer was not what Azure's contract says, such as a page of HTML from a proxy.",
    remedy: 'Check proxy and endpoint; report it with the request id when it comes from Azure.',
  },
  ING5001: {
    title: 'Resource failed',
    cause: 'Azure refused or could not finish the change. Everything that depends on it was left alone.',
    remedy: 'Correct the cause and apply again; what succeeded is kept.',
  },
  ING5002: {
    title: 'Not started',
    cause: 'A resource that it depends on failed.',
    remedy: 'Correct that one and apply again.',
  },
  ING5003: {
    title: 'Interrupted',
    cause: 'The run was asked to stop. What was in flight was finished.',
    remedy: 'Apply again to carry on.',
  },
  ING5004: {
    title: 'Changed since the plan',
    cause: 'Someone changed the live resource after the plan was made, so it was not written.',
    remedy: 'Make a new plan and have it reviewed.',
  },
  ING5005: {
    title: 'Secret not available',
    cause: 'A secret that the change needs cannot be read.',
    remedy: 'Set the environment variable, or grant the identity access to the Key Vault.',
  },
  ING5006: {
    title: 'Took too long',
    cause: "The operation did not finish within the kind's deadline. It may still be running in Azure.",
    remedy: 'Look at the resource in Azure and apply again: a running operation is waited for, not repeated.',
  },
  ING5007: {
    title: 'Image not built',
    cause: 'The build failed, or the registry does not have the image that the manifest pins.',
    remedy: 'Read the log of the build; push the image, or correct the digest.',
  },
  ING6001: {
    title: 'Wrong usage',
    cause: 'The command line is not one that ingate understands.',
    remedy: 'See `ingate help`.',
  },
  ING6002: {
    title: 'Internal error',
    cause: 'ingate did something it should not. This is a bug.',
    remedy: 'Run again with `--debug` and report it with the trace.',
  },
} as const satisfies Record<string, ProblemInfo>;

export type ProblemCode = keyof typeof problems;
