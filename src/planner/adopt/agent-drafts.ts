import type { JsonObject } from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { areaOf, withTextsBeside, type Draft } from './arrange.ts';
import type { AgentFiles } from './agent-files.ts';
import { kebab } from './names.ts';
import type { Omission } from './subject.ts';

/** Manifests of agents that files describe, in a project of the environment; those that are declared already are told. */
export function agentDrafts(
  { agents }: AgentFiles,
  project: string,
  agent: KindDefinition,
  declared: (id: ResourceId) => boolean,
): { readonly drafts: readonly Draft[]; readonly omissions: readonly Omission[] } {
  const drafts = new Map<ResourceId, Draft>();
  const omissions: Omission[] = [];
  for (const { name, spec, file } of agents) {
    const id = resourceId(agent.kind, kebab(name));
    if (declared(id) || drafts.has(id)) {
      omissions.push({ what: `${file} ${name}`, reason: `${id} is declared already` });
      continue;
    }
    const { spec: own, texts } = withTextsBeside(id, agent, spec);
    const isUsable = agent.nameRule.pattern.test(name);
    const azureName = kebab(name) === name || !isUsable ? {} : { azureName: name };
    if (!isUsable)
      omissions.push({ what: `${file} ${name}`, reason: `Foundry takes no such name; it is called ${kebab(name)}` });
    const document: JsonObject = {
      apiVersion: API_VERSION,
      kind: agent.kind,
      metadata: { name: kebab(name) },
      spec: { ...azureName, project, ...own, lifecycle: { adopt: true } },
    };
    drafts.set(id, { id, file: areaOf(agent), document, texts });
  }
  return { drafts: [...drafts.values()], omissions };
}
