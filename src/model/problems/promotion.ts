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
    cause: 'The file name of a release is a digest of its contents; they do not fit together any more.',
    remedy: 'Restore the file from Git. Another content is another release.',
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
    cause: 'The release carries a resource that the environment does not declare, so it would be only partly there.',
    remedy: 'Declare the resource, or promote a release without it.',
    exit: 'error',
  },
  ING8106: {
    title: 'Promotion policy',
    cause: 'The policy of the release is missing, or names environments, resources, gates or keys that there are not.',
    remedy: 'Correct releases/NAME/policy.yaml; `ingate explain PromotionPolicy` describes it.',
    exit: 'error',
  },
  ING8107: {
    title: 'No release can be made',
    cause: 'A release is what an environment really has. Something that it carries is not applied, or not known.',
    remedy: 'Apply the environment, wait until nothing is pending, and try again.',
    exit: 'error',
  },
  ING8108: {
    title: 'Not there yet',
    cause: 'The release is not what the environment really has, or what it has differs from what Git declares.',
    remedy: 'Apply the environment that the release comes from, or revert what was changed there.',
    exit: 'refused',
  },
  ING8109: {
    title: 'Not long enough',
    cause:
      'The policy asks for a time that a release has to be in the environment before. It runs from the apply that brought it.',
    remedy: 'Wait, or let somebody approve it without.',
    exit: 'refused',
  },
  ING8110: {
    title: 'Not this way',
    cause: 'The policy does not let releases go from the one environment to the other.',
    remedy: 'Promote along the stages of the policy.',
    exit: 'refused',
  },
  ING8111: {
    title: 'On hold',
    cause: 'Somebody holds the environment, such as after a rollback, so that nothing undoes it by itself.',
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
    title: 'Not a Git repository that can take it',
    cause: 'Promotion makes a branch from the target branch. There is none, or Git refused.',
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
