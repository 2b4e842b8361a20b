import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';
import { planned } from './foreign.ts';

let lab: Lab;
afterEach(() => lab.close());

const foundry = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-5-mini, version: "2025-08-07" } }
`;

const azureYaml = `name: shop
services:
  triage:
    host: azure.ai.agent
    project: ./agents/triage
  inline:
    host: azure.ai.agent
    name: inline
    kind: prompt
    model: chat
    instructions: Answer briefly.
    deployments:
      - { name: chat }
  web:
    host: containerapp
    project: ./web
hooks: {}
`;

const triage = `kind: Prompt
name: Triage Agent
description: Sorts tickets.
metadata:
  authors: [ada, grace]
model:
  id: chat
  connection: { kind: reference, name: models }
  options: { temperature: 0.2, topP: 0.9, seed: 7 }
instructions: |
  You sort tickets.
  Be short.
tools:
  - kind: mcp
    serverName: orders
    serverUrl: https://orders.example/mcp
    approvalMode: never
inputSchema: { properties: {} }
`;

interface Result {
  readonly files: readonly string[];
  readonly resources: readonly { id: string }[];
  readonly omissions: readonly { what: string; reason: string }[];
}

async function read(...flags: readonly string[]): Promise<Result> {
  const ran = await lab.ingate('pull', '-e', 'dev', '-o', 'json', ...flags);
  expect(ran.code, ran.out + ran.err).toBe(0);
  return JSON.parse(ran.out) as Result;
}

describe('pull --from', () => {
  it("reads azd's services, names what has no place, and the agents can be applied", async () => {
    lab = await createLab({
      files: { 'environments/dev/foundry.yaml': foundry, 'azure.yaml': azureYaml, 'agents/triage/agent.yaml': triage },
    });
    const result = await read('--from', '.');
    expect(result.resources.map(({ id }) => id)).toEqual(['Agent/triage-agent', 'Agent/inline']);
    expect(result.files).toEqual(['environments/dev/prompts/triage-agent.md', 'environments/dev/agents.yaml']);
    expect(result.omissions.map(({ what }) => what)).toEqual([
      'agents/triage/agent.yaml Triage Agent seed',
      'agents/triage/agent.yaml Triage Agent input_schema',
      'agents/triage/agent.yaml Triage Agent model.connection',
      'azure.yaml inline deployments',
      'azure.yaml services.web',
      'azure.yaml hooks',
      'agents/triage/agent.yaml Triage Agent',
    ]);
    const text = readFileSync(`${lab.root}/environments/dev/agents.yaml`, 'utf8');
    for (const line of [
      'model: chat',
      'temperature: 0.2',
      'server_label: orders',
      'require_approval: never',
      'authors: ada, grace',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('seed');
  });

  it('reads one AgentSchema file into the only project, and the plan adds the agent', async () => {
    lab = await createLab({
      files: {
        'environments/dev/foundry.yaml': foundry,
        'a/helper.yaml': 'name: helper\nmodel: chat\ninstructions: Help.\n',
      },
    });
    await read('--from', 'a/helper.yaml');
    const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(applied.code, applied.out + applied.err).toBe(0);
    expect((await planned(lab)).filter(({ actions }) => actions !== 'no-op')).toEqual([]);
  });

  it('leaves an agent that is declared as it is', async () => {
    const declared =
      'apiVersion: ingate/v1alpha1\nkind: Agent\nmetadata: { name: helper }\nspec: { project: support, definition: { model: chat } }\n';
    lab = await createLab({
      files: {
        'environments/dev/foundry.yaml': foundry,
        'environments/dev/agents.yaml': declared,
        'a/helper.yaml': 'kind: prompt\nname: helper\nmodel: chat\n',
        'a/other.yaml': 'kind: prompt\nname: other\nmodel: chat\n',
      },
    });
    const result = await read('--from', 'a');
    expect(result.omissions).toContainEqual({ what: 'helper.yaml helper', reason: 'Agent/helper is declared already' });
    expect(readFileSync(`${lab.root}/environments/dev/agents.yaml`, 'utf8').startsWith(`${declared}---\n`)).toBe(true);
  });

  it('never takes what looks like a secret, or what another tool fills in without saying so', async () => {
    const hosted = `kind: hosted
name: worker
image: contoso.azurecr.io/worker:1
protocols: [{ protocol: responses, version: "1.0.0" }]
resources: { cpu: "1", memory: 2Gi }
environmentVariables:
  - { name: API_TOKEN, value: c2VjcmV0dGhhdG5vYm9keXNlZXMx }
  - { name: ENDPOINT, value: "\${AZURE_ENDPOINT}" }
`;
    lab = await createLab({ files: { 'environments/dev/foundry.yaml': foundry, 'agent.yaml': hosted } });
    const result = await read('--from', 'agent.yaml');
    const text = readFileSync(`${lab.root}/environments/dev/agents.yaml`, 'utf8');
    expect(text + JSON.stringify(result)).not.toContain('c2VjcmV0');
    expect(result.omissions.map(({ what }) => what)).toEqual([
      'agent.yaml worker definition.environment_variables.API_TOKEN',
      'agent.yaml worker definition.environment_variables.ENDPOINT',
    ]);
    expect(text).toContain('image: contoso.azurecr.io/worker:1');
  });

  it.each([
    ['a path that is not there', 'nowhere', 'ING6108'],
    ['a file of something else', 'environments/dev/foundry.yaml', 'ING6108'],
    ['an azure.yaml without agents', 'web/azure.yaml', 'containerapp'],
  ])('refuses %s', async (_, path, words) => {
    lab = await createLab({
      files: {
        'environments/dev/foundry.yaml': foundry,
        'web/azure.yaml': 'services: { web: { host: containerapp } }\n',
      },
    });
    const ran = await lab.ingate('pull', '-e', 'dev', '--from', path);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(words);
    expect(existsSync(`${lab.root}/environments/dev/agents.yaml`)).toBe(false);
  });

  it('asks for the project where there is more than one', async () => {
    const second =
      '---\napiVersion: ingate/v1alpha1\nkind: FoundryProject\nmetadata: { name: sales }\nspec: { account: ai }\n';
    lab = await createLab({
      files: {
        'environments/dev/foundry.yaml': foundry + second,
        'agent.yaml': 'kind: prompt\nname: helper\nmodel: chat\n',
      },
    });
    expect((await lab.ingate('pull', '-e', 'dev', '--from', 'agent.yaml')).err).toContain('ING6105');
    expect((await read('--from', 'agent.yaml', '--project', 'sales')).resources).toEqual([
      { id: 'Agent/helper', file: 'agents.yaml' },
    ]);
  });
});
