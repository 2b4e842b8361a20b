import type { AzureReads } from '../../model/azure.ts';
import { member, textOf } from '../../model/json.ts';
import type { Live, Site } from '../../model/kind.ts';
import { projectEndpoint } from '../shared/evals.ts';
import { resultKey } from './content.ts';
import { results } from './record.ts';
import { readReport, type EvaluationReport } from './report.ts';
import type { EvaluationSpec } from './spec.ts';

/** The results of what is declared, else the newest with the same graders; undefined without any. Only reads. */
export async function currentReport(reader: AzureReads, site: Site, live: Live): Promise<EvaluationReport | undefined> {
  const endpoint = projectEndpoint(site);
  const metadata = member(live.body, 'metadata');
  const key = resultKey(site);
  const now = key === undefined ? undefined : results.find(metadata, key);
  const record = now ?? results.newest(metadata);
  if (endpoint === undefined || !record) return undefined;
  return readReport(reader, {
    id: site.id,
    environment: site.environment.name,
    spec: site.spec as EvaluationSpec,
    endpoint,
    evaluationId: textOf(live.body, 'id'),
    record,
    current: now !== undefined,
  });
}
