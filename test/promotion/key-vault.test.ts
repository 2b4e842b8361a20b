import { afterEach, describe, expect, it } from 'vitest';
import { createEstate, idIn, SUBSCRIPTION, trust, type Estate } from './estate.ts';

let estate: Estate;
afterEach(() => estate.close());

const VAULT = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/ingatekeys`;

async function withKey(body: object, env: Readonly<Record<string, string>>): Promise<void> {
  estate = await createEstate({}, env);
  await estate.send('PUT', `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-keys?api-version=2025-04-01`, {
    location: 'swedencentral',
  });
  const properties = {
    tenantId: '00000000-0000-0000-0000-000000000000',
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: true,
  };
  await estate.send('PUT', `${VAULT}?api-version=2026-02-01`, { location: 'swedencentral', properties });
  const made = await estate.send('POST', '/keyvault/ingatekeys/keys/evidence/create?api-version=7.4', body);
  expect(made.status).toBe(200);
}

const KEY = 'https://ingatekeys.vault.azure.net/keys/evidence';

describe('a key of a Key Vault', () => {
  it('signs evidence that promotion takes, and never leaves the vault', async () => {
    await withKey({ kty: 'EC', crv: 'P-256' }, { INGATE_EVIDENCE_VAULT_KEY: KEY });
    await estate.ok('apply', '-e', 'dev', '--yes');
    const id = idIn(await estate.ok('release', 'support'));
    const entry = await estate.ok('evidence', 'key', '-e', 'dev');
    expect(entry).toContain('- name: ci-dev\n  environments: [dev]\n  publicKey: |\n    -----BEGIN PUBLIC KEY-----');
    estate.write({ 'releases/trust.yaml': `${trust()}${entry.replaceAll(/^(?=.)/gm, '    ')}` });
    expect(await estate.ok('validate')).toContain('valid qa');
    estate.git('commit', '-qam', 'the key of the vault');
    expect(await estate.ok('evidence', 'sign', '-e', 'dev')).toContain('signed ');
    expect(await estate.ok('evidence', 'sign', '-e', 'dev')).toContain('there already');
    const made = await estate.ingate('promote', '--release', 'support', '--to', 'qa', '--offline');
    expect(made.code, made.err).toBe(0);
    expect(made.out).toContain(id);
    const keys = estate.azure.requests().filter(({ path }) => path.includes('/keys/evidence'));
    expect(
      new Set(
        keys.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{32}/, 'V').replace(/^.*\/keys/, '/keys')}`),
      ),
    ).toEqual(new Set(['POST /keys/evidence/create', 'GET /keys/evidence', 'POST /keys/evidence/V/sign']));
  });

  it('has to be a P-256 key of the cloud that the environment is in', async () => {
    await withKey({ kty: 'RSA' }, { INGATE_EVIDENCE_VAULT_KEY: KEY });
    await estate.ok('apply', '-e', 'dev', '--yes');
    expect((await estate.ingate('evidence', 'sign', '-e', 'dev')).err).toContain('no P-256 key');
    await estate.close();
    await withKey({ kty: 'EC' }, { INGATE_EVIDENCE_VAULT_KEY: 'https://evil.example/keys/evidence' });
    await estate.ok('apply', '-e', 'dev', '--yes');
    const sent = estate.azure.requests().length;
    expect((await estate.ingate('evidence', 'sign', '-e', 'dev')).err).toContain('ING8212');
    expect(estate.azure.requests().length).toBe(sent);
  });

  it('is not needed to say that there is none', async () => {
    await withKey({ kty: 'EC' }, { INGATE_EVIDENCE_KEY: 'canary-of-a-key-that-is-none' });
    await estate.ok('apply', '-e', 'dev', '--yes');
    const ran = await estate.ingate('evidence', 'sign', '-e', 'dev');
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('ING8212')]);
    expect(ran.out + ran.err).not.toContain('canary');
  });
});
