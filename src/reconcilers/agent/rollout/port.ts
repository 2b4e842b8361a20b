import type { Address } from '../../../model/azure.ts';
import { isAzureError } from '../../../model/azure.ts';
import { textOf, type JsonObject } from '../../../model/json.ts';
import type { Site, WriteContext } from '../../../model/kind.ts';
import { judge, spanOf, type Measured } from '../../../rollout/analysis.ts';
import type { Share, Target } from '../../../rollout/types.ts';
import { queried, workspacesOf, type Queries } from '../../shared/rollout/query.ts';
import type { RolloutPort } from '../../shared/rollout/run.ts';
import { analysisOf } from '../../shared/rollout/target.ts';
import { ensureVersion, listVersions, markFor, type VersionContent } from '../versions.ts';
import { agentSnapshot } from './snapshot.ts';
import { readAgentTags, writeAgentTags } from './tags.ts';

export interface AgentRollout {
  readonly site: Site;
  readonly agent: Address;
  readonly content: VersionContent;
  readonly rollout: JsonObject;
  readonly target: Target;
}

/** A rollout of an agent by the version selector of its endpoint. */
export function agentPort(context: WriteContext, { site, agent, content, rollout, target }: AgentRollout): RolloutPort {
  const { azure, signal } = context;
  return {
    now: () => azure.now(),
    sleep: (milliseconds, signal) => azure.sleep(milliseconds, signal),
    async read() {
      const [body, versions, tags] = await Promise.all([
        azure.get(agent),
        listVersions(azure, agent),
        readAgentTags(azure, site),
      ]);
      if (!body) throw new Error(`${agent.path} is gone`);
      return agentSnapshot(body, versions, tags, target);
    },
    /** How far it is comes first: where a run dies in between, the next one sees that the shares do not fit. */
    async carryOut(write, live) {
      if (write.do === 'create') await ensureVersion(context, agent, content, markFor(site, content));
      if (write.do !== 'shares') return;
      await writeAgentTags(azure, site, write, live);
      await azure.patch(
        { ...agent, headers: { 'content-type': 'application/merge-patch+json' } },
        { agent_endpoint: { version_selector: { version_selection_rules: rulesOf(write.shares) } } },
        { signal },
      );
    },
    smoke: () => Promise.resolve({ verdict: 'pass' }),
    async analyse({ analysis: name, revision, baseline, since }, now) {
      const found = analysisOf(rollout, name);
      if (!found) return { verdict: 'inconclusive', reason: `There is no analysis ${name}` };
      const workspaceOf = workspacesOf(site);
      const queries = { azure, workspaceOf, ...spanOf(found.analysis, since, now) };
      return judge(found.analysis, await measure(queries, found.metrics, revision, baseline), since, now);
    },
  };
}

function rulesOf(shares: readonly Share[]): JsonObject[] {
  return shares.flatMap(({ revision, weight }): JsonObject[] =>
    weight === 0 || revision === undefined
      ? []
      : [{ type: 'FixedRatio', agent_version: revision, traffic_percentage: weight }],
  );
}

/** The metric `requests` says how many there were. */
async function measure(
  queries: Queries,
  metrics: readonly JsonObject[],
  revision: string,
  baseline: string | undefined,
): Promise<Measured> {
  const problems: string[] = [];
  const values = new Map<string, { candidate?: number; baseline?: number }>();
  const ask = async (metric: JsonObject, version: string): Promise<number | undefined> => {
    try {
      return await queried(queries, metric, version);
    } catch (error) {
      if (!isAzureError(error)) throw error;
      problems.push(`${textOf(metric, 'name')} could not be asked: ${error.details.code}`);
      return undefined;
    }
  };
  for (const metric of metrics) {
    const own = await ask(metric, revision);
    const other = baseline === undefined ? undefined : await ask(metric, baseline);
    values.set(textOf(metric, 'name'), {
      ...(own === undefined ? {} : { candidate: own }),
      ...(other === undefined ? {} : { baseline: other }),
    });
  }
  return { requests: values.get('requests')?.candidate, values, problems };
}
