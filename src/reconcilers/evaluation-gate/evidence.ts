import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, textOf, without, type JsonObject } from '../../model/json.ts';

/** Digests that say which gate and which items a verdict is about; the same in every environment. */
export interface GateDigests {
  readonly gateSha256: string;
  readonly datasetSha256: string;
}

/** What a report says for evidence. Times are ISO 8601. */
export interface EvidenceFacts extends GateDigests {
  /** `contentDigest` of what was evaluated, by its manifest. */
  readonly target: string;
  readonly started: string;
  readonly finished: string;
}

/** Everything that decides a verdict but the items, and the items by themselves. `spec` has files read in. */
export function gateDigests(spec: JsonObject): GateDigests {
  const rules = without(spec, 'project', 'dataset', 'expiresAfterDays', 'maxMinutes');
  return { gateSha256: sha256(canonicalJson(rules)), datasetSha256: sha256(textOf(spec, 'dataset')) };
}

/** Facts of a verdict that was reached at `times.finished`. */
export function evidenceFacts(
  spec: JsonObject,
  target: string,
  times: Pick<EvidenceFacts, 'started' | 'finished'>,
): JsonObject {
  const facts: EvidenceFacts = {
    ...gateDigests(spec),
    target,
    ...times,
  };
  return { ...facts };
}
