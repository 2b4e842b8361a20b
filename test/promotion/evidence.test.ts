import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  preAuthenticationEncoding,
  signEnvelope,
  keyIdOf,
  type Envelope,
  type Signer,
} from '../../src/evidence/dsse.ts';
import { localSigner } from '../../src/evidence/local-signer.ts';
import { encodeStatement, gateStatement, type Facts } from '../../src/evidence/statement.ts';
import { verifyEvidence, type Expected } from '../../src/evidence/verify.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
const RESULTS = '{"checks":[]}\n';
const NOW = new Date('2026-11-23T12:00:00Z');
const SUBJECTS = [
  { name: 'Agent/support', digest: { sha256: sha256('agent') } },
  { name: 'ContainerImage/api', digest: { sha256: sha256('image') } },
];
const FACTS: Facts = {
  gate: 'EvaluationGate/release',
  environment: 'qa',
  group: '/subscriptions/s/resourceGroups/rg-qa',
  verdict: 'pass',
  gateSha256: sha256('gate'),
  datasetSha256: sha256('dataset'),
  candidate: sha256('candidate'),
  baseline: null,
  judge: { model: 'gpt-5-mini', version: '2025-08-07' },
  items: 40,
  estimates: [
    {
      metric: 'polite',
      check: 'absolute',
      verdict: 'pass',
      blocking: true,
      candidate: 0.9,
      baseline: null,
      lower: 0.8,
      upper: null,
      items: 40,
    },
    {
      metric: 'brief',
      check: 'absolute',
      verdict: 'fail',
      blocking: false,
      candidate: 0.5,
      baseline: null,
      lower: 0.4,
      upper: null,
      items: 40,
    },
  ],
  started: '2026-11-23T10:00:00Z',
  finished: '2026-11-23T10:05:00Z',
  resultsSha256: sha256(RESULTS),
  tool: 'ingate/0.2.0',
};

const pair = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = localSigner(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string) as Signer;
const vaultLike: Signer = {
  keyid: keyIdOf(curve.publicKey),
  publicKey: curve.publicKey,
  sign: (bytes) => Promise.resolve(sign('sha256', bytes, { key: curve.privateKey, dsaEncoding: 'ieee-p1363' })),
};

const EXPECTED: Expected = {
  gate: 'EvaluationGate/release',
  environment: 'qa',
  group: '/subscriptions/S/resourcegroups/rg-qa',
  subjects: SUBJECTS,
  gateSha256: FACTS.gateSha256,
  datasetSha256: FACTS.datasetSha256,
  maxAge: 86_400_000,
  signedBy: [],
  trust: {
    keys: [
      { name: 'ci-qa', publicKey: pem(pair.publicKey), environments: ['qa'] },
      { name: 'vault', publicKey: pem(curve.publicKey), environments: ['qa', 'dev'] },
    ],
    minimumVersion: '0.1.0',
    revoked: { releases: [], evidence: [] },
  },
  now: NOW,
};

interface Case {
  readonly facts?: Partial<Facts>;
  readonly subjects?: typeof SUBJECTS;
  readonly signer?: Signer;
  readonly results?: string | null;
  readonly change?: (envelope: Envelope) => unknown;
  readonly expected?: Partial<Expected>;
}

async function verdict({ facts = {}, subjects = SUBJECTS, results = RESULTS, ...more }: Case): Promise<string[]> {
  const statement = gateStatement(subjects, { ...FACTS, ...facts });
  const envelope = await signEnvelope(encodeStatement(statement), more.signer ?? signer);
  const text = JSON.stringify(more.change ? more.change(envelope) : envelope);
  const file = { file: 'gate.dsse.json', text, results: results === null ? undefined : Buffer.from(results) };
  const found = verifyEvidence(file, { ...EXPECTED, ...more.expected });
  return found.problems ? found.problems.map(({ code }) => code) : [`signed by ${found.verified.key}`];
}

const strange = localSigner(stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string) as Signer;
const changed = ({ payload, ...rest }: Envelope): Envelope => ({
  ...rest,
  payload: Buffer.from(Buffer.from(payload, 'base64').toString().replace('"items":40', '"items":41')).toString(
    'base64',
  ),
});
const { trust } = EXPECTED;

describe('evidence', () => {
  it('encodes as DSSE says', () => {
    const bytes = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(bytes.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('holds when it was signed by a trusted key, of either kind', async () => {
    expect(await verdict({})).toEqual(['signed by ci-qa']);
    expect(await verdict({ signer: vaultLike })).toEqual(['signed by vault']);
    expect(
      await verdict({
        change: (envelope) => ({ ...envelope, signatures: [{ keyid: '', sig: 'AAAA' }, ...envelope.signatures] }),
      }),
    ).toEqual(['signed by ci-qa']);
  });

  it.each<readonly [name: string, code: string, one: Case]>([
    ['changed after it was signed', 'ING8201', { change: changed }],
    ['of another payload type', 'ING8211', { change: (envelope) => ({ ...envelope, payloadType: 'text/plain' }) }],
    ['without signatures', 'ING8201', { change: (envelope) => ({ ...envelope, signatures: [] }) }],
    ['of a stranger', 'ING8201', { signer: strange }],
    ['of a stranger who claims a trusted key id', 'ING8201', { signer: { ...strange, keyid: signer.keyid } }],
    [
      'of a key that may not speak for the environment',
      'ING8201',
      {
        expected: { environment: 'dev', trust: { ...trust, keys: trust.keys.slice(0, 1) } },
        facts: { environment: 'dev' },
      },
    ],
    ['of a key that the policy does not take', 'ING8201', { expected: { signedBy: ['vault'] } }],
    [
      'of a revoked key',
      'ING8208',
      { expected: { trust: { ...trust, keys: trust.keys.map((key) => ({ ...key, revoked: 'lost' })) } } },
    ],
    [
      'that was revoked itself',
      'ING8208',
      {
        expected: {
          trust: {
            ...trust,
            revoked: { releases: [], evidence: [sha256(encodeStatement(gateStatement(SUBJECTS, FACTS)).toString())] },
          },
        },
      },
    ],
    ['about a part of the release only', 'ING8202', { subjects: SUBJECTS.slice(0, 1) }],
    [
      'replayed for another release',
      'ING8202',
      { subjects: [{ name: 'Agent/support', digest: { sha256: sha256('other') } }, SUBJECTS[1]!] },
    ],
    ['of another gate', 'ING8203', { facts: { gate: 'EvaluationGate/easy' } }],
    ['of a weaker gate of the same name', 'ING8203', { facts: { gateSha256: sha256('weaker') } }],
    ['on other items', 'ING8204', { facts: { datasetSha256: sha256('easier') } }],
    ['of a failure', 'ING8205', { facts: { verdict: 'fail' } }],
    ['without a blocking check', 'ING8205', { facts: { estimates: FACTS.estimates.slice(1) } }],
    [
      'of a pass with a failed check',
      'ING8205',
      { facts: { estimates: [{ ...FACTS.estimates[0]!, verdict: 'inconclusive' }] } },
    ],
    ['too old', 'ING8206', { expected: { now: new Date('2026-11-25T12:00:00Z') } }],
    ['from the future', 'ING8206', { expected: { now: new Date('2026-11-23T09:00:00Z') } }],
    ['of another environment', 'ING8207', { facts: { environment: 'dev' } }],
    [
      'of an environment of the same name elsewhere',
      'ING8207',
      { facts: { group: '/subscriptions/t/resourceGroups/rg-qa' } },
    ],
    ['without its results', 'ING8209', { results: null }],
    ['with other results', 'ING8209', { results: '{"checks":[1]}' }],
    ['of an old version', 'ING8210', { facts: { tool: 'ingate/0.0.9' } }],
    ['of an unknown tool', 'ING8210', { facts: { tool: 'other/9.9.9' } }],
    ['that lacks a fact', 'ING8211', { facts: { gateSha256: '' } }],
  ])('%s is refused: %s', async (_, code, one) => {
    expect(await verdict(one)).toEqual([code]);
  });

  it('tells every reason at once', async () => {
    expect(await verdict({ signer: strange, facts: { verdict: 'fail' }, results: null })).toEqual([
      'ING8201',
      'ING8205',
      'ING8209',
    ]);
  });

  it('is not signed with a key of another kind, and no message holds the key', () => {
    expect(localSigner(curve.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)).toBeUndefined();
    expect(localSigner('-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----')).toBeUndefined();
  });
});
