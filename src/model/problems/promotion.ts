import type { ProblemInfo } from '../problem-info.ts';

/** Releases and promotion: ING81xx. */
export const promotionProblems = {
  ING8101: {
    title: 'Unknown release',
    cause: 'Releases are files below `releases/NAME`, named by their contents, and this one is not there.',
    remedy: 'Correct the id, or write the release with `ingate release`.',
    exit: 'error',
  },
  ING8102: {
    title: 'Release was changed',
    cause: 'The file name of a release is a digest of its contents; they no longer match.',
    remedy: 'Restore the file from Git. Different content is a different release.',
    exit: 'error',
  },
  ING8103: {
    title: 'A release cannot carry this',
    cause:
      'Releases carry what decides how a system behaves. Names, regions, sizes, access and gates stay where they are.',
    remedy: 'Take it out of the policy or the release, and change it in the files of each environment.',
    exit: 'error',
  },
  ING8104: {
    title: 'Carried by two releases',
    cause: 'Two releases of one environment decide about the same resource.',
    remedy: 'Take the resource out of one of the two policies.',
    exit: 'error',
  },
  ING8105: {
    title: 'Release does not fit the environment',
    cause:
      'The release carries a resource that the environment does not declare, so the release would be applied only in part.',
    remedy: 'Declare the resource, or promote a release without it.',
    exit: 'error',
  },
  ING8106: {
    title: 'Invalid promotion policy',
    cause: 'The policy of the release is missing, or names environments, resources, gates or keys that do not exist.',
    remedy: 'Correct releases/NAME/policy.yaml; `ingate explain PromotionPolicy` describes it.',
    exit: 'error',
  },
  ING8107: {
    title: 'Cannot make a release',
    cause: 'A release records what an environment really runs. Something that it carries is not applied or not known.',
    remedy: 'Apply the environment, wait until nothing is pending, and try again.',
    exit: 'error',
  },
  ING8108: {
    title: 'Not deployed yet',
    cause: 'The environment does not run the release, or differs from what Git declares.',
    remedy: 'Apply the environment that the release comes from, or revert the changes made there.',
    exit: 'refused',
  },
  ING8109: {
    title: 'Soak time not reached',
    cause:
      'The policy requires a soak time in the previous environment. It starts with the apply that deployed the release.',
    remedy: 'Wait, or have the promotion approved without it.',
    exit: 'refused',
  },
  ING8110: {
    title: 'Promotion path not allowed',
    cause: 'The policy does not allow promotion between these environments.',
    remedy: 'Promote along the stages of the policy.',
    exit: 'refused',
  },
  ING8111: {
    title: 'On hold',
    cause: 'The environment is on hold, for example after a rollback, so that no automation undoes it.',
    remedy: 'Find out why; then pass --release-hold.',
    exit: 'refused',
  },
  ING8112: {
    title: 'Approvals missing',
    cause:
      'The policy asks for approvals. They are files of the target branch, so that its reviews decide who may approve.',
    remedy: 'Have an Approval merged; `ingate explain Approval` describes it.',
    exit: 'refused',
  },
  ING8113: {
    title: 'Git cannot create the branch',
    cause:
      'Promotion creates a branch from the target branch. The target branch does not exist, or Git reported an error.',
    remedy: 'Run it in a clone that has the branch, and pass --base with its name.',
    exit: 'error',
  },
  ING8114: {
    title: 'Pointer cannot be changed',
    cause: 'Promotion changes one line of a ReleasePointer in the folder of the environment.',
    remedy: 'Add environments/ENVIRONMENT/release.yaml with `id: source`.',
    exit: 'error',
  },
  ING8115: {
    title: 'Revoked',
    cause: 'The release was revoked in releases/trust.yaml of the target branch.',
    remedy: 'Promote another release.',
    exit: 'refused',
  },
} as const satisfies Record<string, ProblemInfo>;
