import { createHash } from 'node:crypto';
import type { Subject } from '../model/promotion/contents.ts';
import { durationText } from '../model/promotion/duration.ts';
import type { TrustedKey, TrustedKeys } from '../model/promotion/types.ts';
import { problem, type Diagnostic } from '../model/diagnostic.ts';
import { isSignedBy, parseEnvelope, payloadDigest, payloadOf, readPublicKey, type Envelope } from './dsse.ts';
import { parseStatement, type Facts, type Statement } from './statement.ts';

/** A file that says to be evidence, and the results beside it where there are any. */
export interface EvidenceFile {
  readonly file: string;
  readonly text: string;
  readonly results: Uint8Array | undefined;
}

/** Requirements on the evidence of one gate. Everything comes from the target branch. */
export interface Expected {
  readonly gate: string;
  readonly environment: string;
  readonly group: string;
  /** Every part of the release. */
  readonly subjects: readonly Subject[];
  readonly gateSha256: string;
  readonly datasetSha256: string;
  /** Milliseconds. */
  readonly maxAge: number;
  /** Names of keys; empty: any key that is trusted for the environment. */
  readonly signedBy: readonly string[];
  readonly trust: TrustedKeys;
  readonly now: Date;
}

/** Evidence that holds, with who signed it. */
export interface Verified {
  readonly evidence: EvidenceFile;
  readonly key: string;
  /** sha256 of the payload. */
  readonly digest: string;
  readonly statement: Statement;
}

export type Verification =
  | { readonly verified: Verified; readonly problems?: undefined }
  | { readonly verified?: undefined; readonly problems: readonly Diagnostic[] };

/** How far clocks of two machines may be apart, in milliseconds. */
const CLOCK_SKEW = 5 * 60_000;

/** Verifies evidence against all requirements. Pure: each reason for refusing it has a separate code. */
export function verifyEvidence(evidence: EvidenceFile, expected: Expected): Verification {
  const envelope = parseEnvelope(evidence.text);
  const statement = envelope && parseStatement(payloadOf(envelope));
  if (!envelope || !statement) return refused(problem('ING8211', `${evidence.file} is no evidence of a gate`));
  const facts = statement.predicate.ingate;
  const { trusted, problems: unsigned } = signatureOf(evidence.file, envelope, expected);
  const problems = [
    ...unsigned,
    ...aboutSomethingElse(evidence, statement, expected),
    ...insufficient(evidence, facts, statement, expected),
  ];
  if (problems.length > 0 || !trusted) return { problems };
  return { verified: { evidence, key: trusted.name, digest: payloadDigest(envelope), statement } };
}

function refused(...problems: readonly Diagnostic[]): Verification {
  return { problems };
}

/** The trusted key that signed, and why its signature does not count. */
function signatureOf(
  file: string,
  envelope: Envelope,
  { trust, environment, signedBy }: Pick<Expected, 'trust' | 'environment' | 'signedBy'>,
): { readonly trusted?: TrustedKey; readonly problems: readonly Diagnostic[] } {
  const signers = trust.keys.filter(({ publicKey }) => {
    const key = readPublicKey(publicKey);
    return key !== undefined && isSignedBy(envelope, key);
  });
  const digest = payloadDigest(envelope);
  if (trust.revoked.evidence.includes(digest))
    return { problems: [problem('ING8208', `${file} was revoked`, { hint: `Its digest is ${digest}.` })] };
  const [first] = signers;
  if (!first) {
    const message = `${file} is not signed by any key that releases/trust.yaml of the target branch trusts`;
    return { problems: [problem('ING8201', message)] };
  }
  const revoked = signers.find((one) => one.revoked !== undefined);
  if (revoked)
    return {
      problems: [problem('ING8208', `The key ${revoked.name}, which signed ${file}, was revoked: ${revoked.revoked}`)],
    };
  const trusted = signers.find(
    (one) => one.environments.includes(environment) && (signedBy.length === 0 || signedBy.includes(one.name)),
  );
  if (trusted) return { trusted, problems: [] };
  const message = first.environments.includes(environment)
    ? `The policy does not take the signature of ${first.name} on ${file}`
    : `The key ${first.name}, which signed ${file}, may not speak for ${environment}`;
  return { problems: [problem('ING8201', message)] };
}

function aboutSomethingElse({ file }: EvidenceFile, statement: Statement, expected: Expected): Diagnostic[] {
  const facts = statement.predicate.ingate;
  const digests = new Set(statement.subject.map(({ digest }) => digest.sha256));
  const missing = expected.subjects.filter(({ digest }) => !digests.has(digest.sha256)).map(({ name }) => name);
  return [
    ...(missing.length === 0 ? [] : [problem('ING8202', `${file} is not about ${missing.join(', ')} of the release`)]),
    ...(facts.environment === expected.environment && facts.group.toLowerCase() === expected.group.toLowerCase()
      ? []
      : [problem('ING8207', `${file} is from ${facts.environment} in ${facts.group}, not ${expected.environment}`)]),
    ...(facts.gate === expected.gate && facts.gateSha256 === expected.gateSha256
      ? []
      : [problem('ING8203', `${file} is of ${facts.gate} with other rules than ${expected.gate} has now`)]),
    ...(facts.datasetSha256 === expected.datasetSha256
      ? []
      : [problem('ING8204', `${file} was measured on other items than ${expected.gate} has now`)]),
  ];
}

function insufficient({ file, results }: EvidenceFile, facts: Facts, { predicate }: Statement, expected: Expected) {
  const { maxAge, now, trust } = expected;
  const age = now.getTime() - Date.parse(facts.finished);
  const blocking = facts.estimates.filter((one) => one.blocking);
  const isPassed =
    facts.verdict === 'pass' &&
    predicate.result === 'PASSED' &&
    blocking.length > 0 &&
    blocking.every(({ verdict }) => verdict === 'pass');
  const problems: Diagnostic[] = [];
  if (!isPassed) problems.push(problem('ING8205', `${file} says ${facts.verdict}, which is no pass`));
  if (age < -CLOCK_SKEW) problems.push(problem('ING8206', `${file} was made in the future, at ${facts.finished}`));
  if (age > maxAge) {
    const message = `${file} is ${durationText(age)} old; the policy allows ${durationText(maxAge)}`;
    problems.push(problem('ING8206', message));
  }
  if (results === undefined) problems.push(problem('ING8209', `The results beside ${file} are missing`));
  else if (createHash('sha256').update(results).digest('hex') !== facts.resultsSha256)
    problems.push(problem('ING8209', `The results beside ${file} are not those that were signed for`));
  if (trust.minimumVersion !== undefined && isOlder(facts.tool, trust.minimumVersion))
    problems.push(
      problem('ING8210', `${file} was made by ${facts.tool}; ${trust.minimumVersion} is the oldest trusted`),
    );
  return problems;
}

/** `ingate/0.9.1` against `0.10.0`. Text that is not a version counts as older than every version. */
function isOlder(tool: string, minimum: string): boolean {
  const version = /^ingate\/(\d+)\.(\d+)\.(\d+)/.exec(tool)?.slice(1).map(Number);
  const least = minimum.split('.').map(Number);
  if (!version) return true;
  const place = least.findIndex((part, index) => part !== version[index]);
  return place >= 0 && (version[place] ?? 0) < (least[place] ?? 0);
}
