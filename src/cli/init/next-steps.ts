import { styled, type Line } from '../text.ts';
import type { Forge } from './templates.ts';

export interface NextStepsRequest {
  readonly forge: Forge;
  readonly project: string;
  readonly environments: readonly string[];
  /** `OWNER/REPO` where the remote tells it. */
  readonly repository: string | undefined;
}

/**
 * What a person has to do now. The subjects are those of GitHub's tokens: `environment:NAME` for jobs that name an
 * environment, `pull_request` and `ref:refs/heads/main` for others. Organisations may have changed them (**unverified**).
 */
export function nextSteps(request: NextStepsRequest): Line[] {
  return [
    [styled('title', 'For real Azure')],
    [
      '  Set cloud: public and your subscriptionId in environments/*/environment.yaml, create the resource groups, then:',
    ],
    ...(request.forge === 'github' ? githubSteps(request) : azureDevOpsSteps(request)),
    [],
    [styled('title', 'Who may approve')],
    ...ownersHint(request.forge),
    [],
    ['`ingate doctor -e ENVIRONMENT` checks what was set up.'],
    [],
  ];
}

function githubSteps({ project, environments, repository = 'OWNER/REPO' }: NextStepsRequest): Line[] {
  const reading = `id-${project}-plan`;
  return [
    [],
    ['  # The identity that plans: it only reads.'],
    ...identity(reading),
    ...federated(reading, 'pull-request', `repo:${repository}:pull_request`),
    ...federated(reading, 'main', `repo:${repository}:ref:refs/heads/main`),
    ...environments.map((name) => role(reading, 'Reader', `rg-${project}-${name}`)),
    ...variable('AZURE_PLAN_CLIENT_ID', reading),
    ['  gh variable set AZURE_TENANT_ID --body "$(az account show --query tenantId --output tsv)"'],
    ...environments.flatMap((name): Line[] => {
      const writing = `id-${project}-${name}`;
      return [
        [],
        [`  # The identity that applies ${name}; only jobs of the GitHub environment ${name} can be it.`],
        ...identity(writing),
        ...federated(writing, 'environment', `repo:${repository}:environment:${name}`),
        role(writing, 'Contributor', `rg-${project}-${name}`),
        [`  gh api --method PUT repos/${repository}/environments/${name}`],
        [`  # Rollouts are carried on by a schedule, so their GitHub environment waits for nobody.`],
        ...federated(writing, 'rollout', `repo:${repository}:environment:${name}-rollout`),
        [`  gh api --method PUT repos/${repository}/environments/${name}-rollout`],
        ...variable('AZURE_CLIENT_ID', writing, name),
        ...variable('AZURE_CLIENT_ID', writing, `${name}-rollout`),
      ];
    }),
    [],
    ['  # Environments with RoleAssignment documents also need "Role Based Access Control Administrator".'],
  ];
}

function azureDevOpsSteps({ environments }: NextStepsRequest): Line[] {
  return [
    ['  1. Service connections with workload identity federation (Project settings, Service connections):'],
    [
      '     ingate-plan (role Reader)',
      ...environments.map((name) => `, ingate-apply-${name} and ingate-rollout-${name} (role Contributor)`),
    ],
    [
      `  2. Environments ${environments.join(', ')} (Pipelines, Environments), each with approvals and an exclusive lock.`,
    ],
    ['  3. Pipelines from .azure-pipelines/*.yml; in Azure Repos a build validation policy that runs ingate-plan.yml.'],
    ['  4. The build service needs "Contribute to pull requests" for the comment.'],
  ];
}

const GROUP = '"$IDENTITY_GROUP"';

function identity(name: string): Line[] {
  return [[`  az identity create --resource-group ${GROUP} --name ${name}`]];
}

function federated(name: string, credential: string, subject: string): Line[] {
  return [
    [`  az identity federated-credential create --resource-group ${GROUP} --identity-name ${name} \\`],
    [`    --name github-${credential} --issuer https://token.actions.githubusercontent.com \\`],
    [`    --subject ${subject} --audiences api://AzureADTokenExchange`],
  ];
}

function show(name: string, field: string): string {
  return `"$(az identity show --resource-group ${GROUP} --name ${name} --query ${field} --output tsv)"`;
}

function role(name: string, definition: string, group: string): Line {
  return [
    `  az role assignment create --role ${definition} --assignee-principal-type ServicePrincipal ` +
      `--assignee-object-id ${show(name, 'principalId')} --scope "$(az group show --name ${group} --query id --output tsv)"`,
  ];
}

function variable(name: string, of: string, environment?: string): Line[] {
  const where = environment === undefined ? '' : ` --env ${environment}`;
  return [[`  gh variable set ${name}${where} --body ${show(of, 'clientId')}`]];
}

function ownersHint(forge: Forge): Line[] {
  if (forge === 'azure-devops')
    return [['  Required reviewers by path: branch policies of main, for /environments/prod/*.']];
  return [
    ['  GitHub environments: required reviewers, and deployments from main only.'],
    ['  .github/CODEOWNERS, with your teams, for example:'],
    ['    /environments/        @OWNER/team'],
    ['    /environments/prod/   @OWNER/operators'],
    ['    /.github/             @OWNER/operators'],
  ];
}

/** The last lines of `init`: what works at once. */
export function firstStep(environment: string): Line[] {
  return [[styled('title', 'Try it now, without Azure')], [`  ingate plan -e ${environment}`]];
}
