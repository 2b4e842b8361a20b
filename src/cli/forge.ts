import { readFileSync } from 'node:fs';
import { azureDevOpsDiscussion, type AzureDevOpsAccess } from '../forge/azure-devops.ts';
import { azureDevOpsPulls } from '../forge/azure-devops-pulls.ts';
import type { Discussion, Issues } from '../forge/forge.ts';
import { githubDiscussion, githubIssues, githubPulls, type GithubAccess } from '../forge/github.ts';
import type { Pulls } from '../forge/pulls.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { Io } from './io.ts';

/** The pull request that a pipeline runs for. */
export interface PullRequest {
  readonly discussion: Discussion;
  /** Grows from run to run. */
  readonly run: number;
  readonly head: string;
}

/** Finds the pull request from what GitHub Actions or Azure Pipelines tell their steps, or says what is missing. */
export function pullRequestOf({ env }: Io): PullRequest | Diagnostic {
  if (env['SYSTEM_PULLREQUEST_PULLREQUESTID'] !== undefined) return inAzurePipelines(env);
  const access = githubAccess(env);
  if ('code' in access) return access;
  const event = eventOf(env['GITHUB_EVENT_PATH']);
  const number = event.pull_request?.number;
  if (typeof number !== 'number')
    return missing('This run is not about a pull request', 'Run it in a workflow on: pull_request.');
  const run = Number(env['GITHUB_RUN_NUMBER'] ?? 0) * 100 + Number(env['GITHUB_RUN_ATTEMPT'] ?? 1);
  const head = event.pull_request?.head?.sha ?? env['GITHUB_SHA'] ?? '';
  return { discussion: githubDiscussion(access, number), run, head };
}

/** Issues of the repository with a label, on GitHub. */
export function issuesOf({ env }: Io, label: string): Issues | Diagnostic {
  const access = githubAccess(env);
  return 'code' in access ? access : githubIssues(access, label);
}

/** Pull requests of the repository, from what GitHub Actions or Azure Pipelines tell their steps. */
export function pullsOf({ env }: Io): Pulls | Diagnostic {
  if (env['TF_BUILD'] === 'True') {
    const access = azureDevOpsAccess(env);
    return 'code' in access ? access : azureDevOpsPulls(access);
  }
  const access = githubAccess(env);
  if (!('code' in access)) return githubPulls(access);
  return { ...access, hint: `${access.hint ?? ''} Or pass --offline for a branch and a text file.` };
}

function githubAccess(env: Io['env']): GithubAccess | Diagnostic {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  if (token === undefined || token === '' || repository === undefined)
    return missing(
      'GITHUB_TOKEN and GITHUB_REPOSITORY are needed',
      'Pass the token of the workflow: GITHUB_TOKEN: ${{ github.token }}',
    );
  const isWorkflow = env['GITHUB_ACTIONS'] === 'true';
  const login = env['INGATE_FORGE_LOGIN'] ?? (isWorkflow ? 'github-actions[bot]' : undefined);
  return {
    api: (env['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/+$/, ''),
    repository,
    token,
    ...(login === undefined ? {} : { login }),
  };
}

interface PullRequestEvent {
  readonly pull_request?: { readonly number?: unknown; readonly head?: { readonly sha?: string } };
}

function eventOf(path: string | undefined): PullRequestEvent {
  try {
    return path === undefined ? {} : (JSON.parse(readFileSync(path, 'utf8')) as PullRequestEvent);
  } catch {
    return {};
  }
}

function inAzurePipelines(env: Io['env']): PullRequest | Diagnostic {
  const access = azureDevOpsAccess(env);
  if ('code' in access) return access;
  const pull = Number(env['SYSTEM_PULLREQUEST_PULLREQUESTID']);
  return {
    discussion: azureDevOpsDiscussion(access, pull),
    run: Number(env['BUILD_BUILDID'] ?? 0),
    head: env['SYSTEM_PULLREQUEST_SOURCECOMMITID'] ?? '',
  };
}

function azureDevOpsAccess(env: Io['env']): AzureDevOpsAccess | Diagnostic {
  const {
    SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: collection,
    SYSTEM_TEAMPROJECT: project,
    BUILD_REPOSITORY_ID: repositoryId,
    SYSTEM_ACCESSTOKEN: token = '',
  } = env;
  if (collection === undefined || project === undefined || repositoryId === undefined || token === '')
    return missing(
      'SYSTEM_ACCESSTOKEN is needed',
      'Map it into the step: env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)',
    );
  return { collection, project, repositoryId, token };
}

function missing(message: string, hint: string): Diagnostic {
  return problem('ING6200', message, { hint });
}
