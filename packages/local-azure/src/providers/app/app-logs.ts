import type { Engine } from '../../arm/contract.ts';
import { textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { environmentIdOf } from './environment-use.ts';
import { appendLog, findWorkspace } from '../../logs/store.ts';

/** Writes what a container app says where its environment sends logs; nothing where it sends them nowhere. */
export function logForApp(
  engine: Engine,
  app: StoredResource,
  table: 'ContainerAppConsoleLogs_CL' | 'ContainerAppSystemLogs_CL',
  row: JsonObject,
): void {
  const environment = engine.resources.get(environmentIdOf(app.writable) ?? '');
  const logs = 'properties.appLogsConfiguration';
  if (textAt(environment?.writable, `${logs}.destination`) !== 'log-analytics') return;
  const customerId = textAt(environment?.writable, `${logs}.logAnalyticsConfiguration.customerId`) ?? '';
  const workspace = findWorkspace(engine, customerId);
  if (!workspace) return;
  appendLog(engine, workspace, table, {
    ContainerAppName_s: app.name,
    EnvironmentName_s: environment?.name ?? '',
    _ResourceId: app.id.toLowerCase(),
    ...row,
  });
}
