import type { ProblemInfo } from '../problem-info.ts';

/** Manifests from what is live, `pull` and `import`: ING61xx. */
export const adoptionProblems = {
  ING6100: {
    title: 'Would overwrite files',
    cause: 'The folder of the environment has files already, and those that Git does not have committed would be lost.',
    remedy: 'Choose another environment or folder, or commit everything and pass `--force`.',
    exit: 'error',
  },
  ING6101: {
    title: 'No such resource group',
    cause: 'The resource group does not exist, or the identity cannot read it.',
    remedy: 'Check subscription, resource group and cloud, and who is signed in.',
    exit: 'error',
  },
  ING6102: {
    title: 'Resource group of another environment',
    cause: 'The resource group carries the mark of another environment. A resource belongs to one environment only.',
    remedy: 'Pull it under the name of that environment.',
    exit: 'error',
  },
  ING6104: {
    title: 'Cannot be declared',
    cause: 'The live resource does not fit the schema of its kind, so no manifest was written.',
    remedy: 'Declare it by hand; `ingate explain KIND` describes the fields.',
    exit: 'error',
  },
  ING6105: {
    title: 'No resource group to pull from',
    cause: 'A new environment needs a subscription and a resource group.',
    remedy: 'Pass `--subscription` and `--resource-group`.',
    exit: 'usage',
  },
  ING6106: {
    title: 'Declared already',
    cause: 'A manifest of the environment declares this resource already, or has the same name.',
    remedy: 'Change that manifest, or choose another name.',
    exit: 'error',
  },
  ING6107: {
    title: 'Cannot be imported',
    cause: 'The resource does not exist, or is not of the Azure type that the kind manages.',
    remedy: 'Check the id and the kind; `ingate explain` lists the kinds.',
    exit: 'error',
  },
  ING6108: {
    title: 'File without agents',
    cause: "Only azd's azure.yaml with services of host azure.ai.agent, and AgentSchema files, are read.",
    remedy: 'Name one of these files, or the folder that holds them.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
