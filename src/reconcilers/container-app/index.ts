import { fingerprintOf } from '../../model/fingerprint.ts';
import { member, without, type JsonObject } from '../../model/json.ts';
import type { Observation, Reconciler, Site } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { outlookOf } from '../shared/rollout/outlook.ts';
import { rolloutOf, targetOf } from '../shared/rollout/target.ts';
import { declared, TEMPLATE_FIELDS, templateFields, wantedTemplate } from './arm.ts';
import { comparedBy, sightOf, templateOf, withTemplate } from './rollout/observe.ts';
import { readApp } from './rollout/port.ts';
import { nominateApp } from './rollout/nominate.ts';
import { reviewRollout } from './rollout/review.ts';
import { writeInSteps } from './rollout/write.ts';

const plain = armKind(declared);

/**
 * A container app. Without `rollout` a new revision replaces the old one; with it the template is compared with the one
 * of the revision that serves, and changes go through the rollout.
 */
export const containerApp: Reconciler = {
  ...plain,
  canonical: (spec) => (rolloutOf(spec) ? { ...spec, revisionMode: 'Multiple' } : spec),
  review: reviewRollout,
  observe,
  async inspect(reader, site, live) {
    const compared = comparedBy(live.body, site, wantedTemplate(site).hash);
    if (compared.by !== 'other') return live;
    const { revisions } = await readApp(reader, live.address);
    const serving = revisions.find((one) => one['name'] === compared.revision);
    if (!serving) return live;
    const { spec } = plain.observe(withTemplate(live.body, templateOf(serving)), site);
    const seen = { ...live, spec: { ...live.spec, ...templateFields(spec) } };
    return { ...seen, fingerprint: fingerprintOf(seen) };
  },
  unfinished(site, live, now) {
    const rollout = rolloutOf(site.spec as JsonObject);
    const { hash } = wantedTemplate(site);
    if (!rollout || hash === undefined) return undefined;
    return outlookOf(targetOf(rollout, hash, 0), sightOf(live.body), now.getTime());
  },
  candidates: (spec) => rolloutOf(spec) !== undefined,
  contentDigest: (site) => wantedTemplate(site).digest,
  nominate: nominateApp,
  write(context, site, live, fields) {
    const rollout = rolloutOf(site.spec as JsonObject);
    return rollout ? writeInSteps(context, site, rollout, { live, fields }) : plain.write(context, site, live, fields);
  },
};

/** How a rollout goes is nothing that Azure keeps, so it never differs. */
function observe(body: JsonObject, site: Site): Observation {
  const found = plain.observe(body, site);
  const rollout = member(site.spec as JsonObject, 'rollout');
  const seen = rollout === undefined ? found : { ...found, spec: { ...found.spec, rollout } };
  const { by } = comparedBy(body, site, rolloutOf(site.spec as JsonObject) ? wantedTemplate(site).hash : undefined);
  if (by === 'newest') return seen;
  const rest = without(seen.spec, ...TEMPLATE_FIELDS);
  return { ...seen, spec: by === 'wanted' ? { ...rest, ...templateFields(site.spec as JsonObject) } : rest };
}
