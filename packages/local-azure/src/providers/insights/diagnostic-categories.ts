import { notFound, requireParent } from '../../arm/existence.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { targetType } from './diagnostic-settings.ts';
import { categoriesOf } from './log-categories.ts';

/** Microsoft.Insights/diagnosticSettingsCategories@2021-05-01-preview: what a resource can send; nothing is stored. */
export const diagnosticCategories: ResourceType = {
  type: 'Microsoft.Insights/diagnosticSettingsCategories',
  apiVersions: ['2017-05-01-preview', '2021-05-01-preview'],
  placement: 'extension',
  hasSystemData: false,
  dialect: 'bare',
  handlers: { LIST: (call) => json(200, { value: list(call) }), GET: getCategory },
};

function list(call: Call): JsonObject[] {
  requireParent(call);
  const { engine, target } = call;
  const known = categoriesOf(targetType(engine, target.parent));
  const one = (categoryType: string, name: string): JsonObject => ({
    id: `${target.parent}/providers/microsoft.insights/diagnosticSettingsCategories/${name}`,
    name,
    type: 'microsoft.insights/diagnosticSettingsCategories',
    properties: {
      categoryType,
      ...(categoryType === 'Logs' ? { categoryGroups: groupsOf(name, known?.groups ?? []) } : {}),
    },
  });
  return [
    ...(known?.metrics ?? []).map((name) => one('Metrics', name)),
    ...(known?.logs ?? []).map((name) => one('Logs', name)),
  ];
}

/** Audit logs are in both groups. */
function groupsOf(name: string, groups: readonly string[]): string[] {
  return groups.filter((group) => group !== 'audit' || /audit|login|repository/iu.test(name));
}

function getCategory(call: Call): Reply {
  const found = list(call).find(
    ({ name }) => typeof name === 'string' && sameText(name, call.target.names.at(-1) ?? ''),
  );
  if (!found) throw notFound(call.target, call.type);
  return json(200, found);
}
