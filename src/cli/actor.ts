import { userInfo } from 'node:os';
import type { Io } from './io.ts';

/** Who or what runs a command, as far as its surroundings say. */
export interface Actor {
  /** Account of the forge in a pipeline, user name of the machine elsewhere; absent where nothing tells. */
  readonly name?: string;
  /** URL of the run of a pipeline. */
  readonly run?: string;
}

/** GitHub's and Azure DevOps' variables, else the user of this machine. */
export function actorOf(env: Io['env']): Actor {
  if (env['GITHUB_ACTIONS'] === 'true') {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
    const run = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
    return known(env['GITHUB_ACTOR'], run);
  }
  if (env['TF_BUILD'] === 'True') {
    const { SYSTEM_COLLECTIONURI: server, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
    const run =
      server && project && id ? `${server}${encodeURIComponent(project)}/_build/results?buildId=${id}` : undefined;
    return known(env['BUILD_REQUESTEDFOR'], run);
  }
  return known(userName(), undefined);
}

function known(name: string | undefined, run: string | undefined): Actor {
  return { ...(name ? { name } : {}), ...(run ? { run } : {}) };
}

/** There may be none, such as in a container without a list of users. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
