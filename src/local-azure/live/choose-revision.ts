import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../engine/engine.ts';
import { arrayAt, sameText, textAt, valueAt, type Json } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { revisionsOf } from '../providers/app/revisions.ts';
import type { Addressed } from './find-app.ts';

/** The revision that answers; undefined where nothing is routed to one. */
export function chooseRevision(engine: Engine, { app, revision, label }: Addressed): StoredResource | undefined {
  const all = revisionsOf(engine, app);
  const named = (name: string | undefined): StoredResource | undefined =>
    all.find((one) => sameText(one.name, name ?? ''));
  if (revision !== undefined) return named(revision);
  const rules = trafficOf(app);
  if (label !== undefined) return named(rules.find((rule) => sameText(rule.label ?? '', label))?.revision);
  return named(nextRevision(engine, app, rules));
}

interface Rule {
  readonly revision: string;
  readonly label: string | undefined;
  /** Percent. */
  readonly weight: number;
}

function trafficOf(app: StoredResource): Rule[] {
  const latest =
    textAt(app.readOnly, 'properties.latestReadyRevisionName') ??
    textAt(app.readOnly, 'properties.latestRevisionName') ??
    '';
  return arrayAt(app.writable, 'properties.configuration.ingress.traffic').map((rule: Json) => ({
    revision: valueAt(rule, 'latestRevision') === true ? latest : (textAt(rule, 'revisionName') ?? ''),
    label: textAt(rule, 'label'),
    weight: Number(valueAt(rule, 'weight') ?? 0),
  }));
}

/** How many requests each revision got since the weights were last changed. */
interface Tally {
  readonly weights: string;
  readonly sent: Readonly<Record<string, number>>;
}

/** The revision that is furthest behind its share, so that shares are exact over many requests. */
function nextRevision({ documents }: Engine, app: StoredResource, rules: readonly Rule[]): string | undefined {
  const shares = rules.filter(({ weight }) => weight > 0);
  const tallies = collectionOf<Tally>(`live/${app.id.toLowerCase()}`);
  const weights = JSON.stringify(shares);
  const known = tallies.get(documents, 'traffic');
  const sent = known?.weights === weights ? known.sent : {};
  const total = Object.values(sent).reduce((sum, count) => sum + count, 0) + 1;
  const behind = ({ revision, weight }: Rule): number => (total * weight) / 100 - (sent[revision] ?? 0);
  const chosen = shares.toSorted((a, b) => behind(b) - behind(a))[0]?.revision;
  if (chosen !== undefined)
    tallies.put(documents, 'traffic', { weights, sent: { ...sent, [chosen]: (sent[chosen] ?? 0) + 1 } });
  return chosen;
}
