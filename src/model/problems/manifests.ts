import type { ProblemInfo } from '../problem-info.ts';

/** Manifests: ING1xxx. */
export const manifestsProblems = {
  ING1001: {
    title: 'No environments here',
    cause: 'The folder has no `environments` folder with one folder per environment in it.',
    remedy: 'Change to the root of the repository, pass `--cwd`, or run `ingate init` to create the folders.',
    exit: 'error',
  },
  ING1002: {
    title: 'Unknown environment',
    cause: 'There is no folder of that name below `environments`.',
    remedy: 'Pass one of the names that the message lists.',
    exit: 'error',
  },
  ING1003: {
    title: 'Symbolic link',
    cause: 'Links can lead out of the repository, so that a pull request could read files of the runner.',
    remedy: 'Replace the link with the file or folder it points to.',
    exit: 'error',
  },
  ING1004: {
    title: 'Limit exceeded',
    cause:
      'Size, depth, aliases and documents are limited before a file is parsed, so that no input can exhaust the process.',
    remedy: 'Split the file, or move long text and data into files beside it.',
    exit: 'error',
  },
  ING1005: {
    title: 'Not UTF-8',
    cause: 'Manifests are UTF-8 text without NUL bytes.',
    remedy: 'Save the file as UTF-8.',
    exit: 'error',
  },
  ING1006: {
    title: 'Invalid YAML',
    cause: 'The file is not valid YAML 1.2. Warnings count, because a value might be read in an unexpected way.',
    remedy: 'Correct the place that the message points to.',
    exit: 'error',
  },
  ING1007: {
    title: 'Key or tag not allowed',
    cause:
      'Manifests use plain string keys and no tags; a few keys are refused because they can poison JavaScript objects.',
    remedy: 'Use a plain string key and a plain value.',
    exit: 'error',
  },
  ING1008: {
    title: 'Number cannot be kept exactly',
    cause: 'The number cannot be kept exactly, or would be read as a different number.',
    remedy: 'Put it in quotes if text is meant.',
    exit: 'error',
  },
  ING1009: {
    title: 'Not a manifest',
    cause: 'Every document in an environment folder is a mapping with apiVersion, kind, metadata and spec.',
    remedy: 'Complete the document, or move the file out of the folder (names that start with `_` are skipped).',
    exit: 'error',
  },
  ING1010: {
    title: 'Unknown kind or version',
    cause: 'The document names a kind or apiVersion that this version of ingate does not know.',
    remedy: 'Correct the name; `ingate explain` lists the kinds. `AzureResource` takes any Azure type.',
    exit: 'error',
  },
  ING1011: {
    title: 'Unknown field',
    cause: 'Unknown fields are errors, because a misspelt field would silently do nothing.',
    remedy: 'Correct the name; `ingate explain KIND` lists the fields.',
    exit: 'error',
  },
  ING1012: {
    title: 'Missing field',
    cause: 'The kind needs the field.',
    remedy: 'Add it; `ingate explain KIND.field` describes it.',
    exit: 'error',
  },
  ING1013: {
    title: 'Value not allowed',
    cause: 'The field does not accept the value.',
    remedy: 'Correct it; `ingate explain KIND.field` says what is allowed.',
    exit: 'error',
  },
  ING1014: {
    title: 'Declared twice',
    cause: 'Kind and name identify a resource, so each pair may appear only once in an environment.',
    remedy: 'Remove or rename one of the two documents.',
    exit: 'error',
  },
  ING1015: {
    title: 'Missing or repeated Environment',
    cause: 'An environment folder holds exactly one document of kind Environment, which says where its resources live.',
    remedy: 'Add one, or remove the additional one.',
    exit: 'error',
  },
  ING1016: {
    title: 'Cannot extend',
    cause: "`extends` names a folder of the repository whose documents are merged below the environment's own.",
    remedy: 'Correct the path. A folder cannot extend itself, directly or through others.',
    exit: 'error',
  },
  ING1017: {
    title: 'Invalid file reference',
    cause:
      'A field names a file that cannot be read. Paths are relative to the manifest, stay inside the repository, and refer to files that Git tracks or would add.',
    remedy: 'Correct the path; do not use links or absolute paths, and do not name files that Git ignores.',
    exit: 'error',
  },
  ING1018: {
    title: 'Literal secret',
    cause: 'A secret in a manifest stays in the Git history and appears in every plan.',
    remedy: 'Rotate the secret, then refer to it: `secret: {env: NAME}` or `secret: {keyVault: VAULT, name: SECRET}`.',
    exit: 'error',
  },
  ING1019: {
    title: 'Invalid Azure name',
    cause: 'The name that the naming pattern gives does not fit the rules of the Azure type.',
    remedy: "Shorten metadata.name, change the environment's naming pattern, or set spec.azureName.",
    exit: 'error',
  },
  ING1020: {
    title: 'Repeated item',
    cause: 'Two items of a list cannot be told apart, so they cannot be compared with Azure.',
    remedy: 'Remove one of the two, or name them differently.',
    exit: 'error',
  },
  ING1021: {
    title: 'Manifest that Git ignores',
    cause:
      'Only files that Git tracks or would add are read, so that everyone with the same commit gets the same plan.',
    remedy: 'Change .gitignore so that Git adds the file, or start its name with `_` or `.` to exclude it.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
