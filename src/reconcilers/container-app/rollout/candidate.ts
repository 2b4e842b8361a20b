import { isObject, textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import { writable } from '../../shared/arm-body.ts';
import { observeArm } from '../../shared/arm-observation.ts';
import { createBody } from '../../shared/arm-body.ts';
import { edit } from '../../shared/edit/edit.ts';
import { removedTargets } from '../../shared/edit/targets.ts';
import { declaredOf } from '../../shared/edit/undone.ts';
import { compiled, templateFields } from '../arm.ts';
import { servingRevision, templateOf, withTemplate } from './observe.ts';
import type { AppRollout } from './port.ts';

const TEMPLATE = '/properties/template';

/**
 * The template of a candidate: the one that serves with the declared fields set and removed ones taken away, so that
 * scale rules, volumes and probes keep what no field declares.
 */
export function candidateTemplate(
  app: JsonObject,
  revisions: readonly JsonObject[],
  { site, template, fields }: Pick<AppRollout, 'site' | 'template' | 'fields'>,
): JsonObject {
  const serving = revisions.find((one) => textOf(one, 'name') === servingRevision(app));
  const body = serving ? withTemplate(app, templateOf(serving)) : app;
  const wanted = templateFields(site.spec as JsonObject);
  const known = templateFields(observeArm(compiled, body, site).spec);
  const spec = declaredOf(known, wanted, compiled.fields, fields);
  const edited = edit(
    {
      live: { properties: { template: templateOf(writable(body, compiled.readOnly ?? [])) } },
      before: { properties: { template: templateIn(createBody(compiled, spec, site)) } },
      after: { properties: { template } },
    },
    {
      lists: compiled.lists,
      removed: new Set(removedTargets(compiled, site.spec as JsonObject, fields)),
      writeOnly: new Set<string>(),
      whole: false,
    },
  );
  return templateIn(edited);
}

function templateIn(body: ReturnType<typeof edit>): JsonObject {
  const found = valueAt(body, TEMPLATE);
  return isObject(found) ? found : {};
}
