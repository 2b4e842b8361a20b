import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEstate, GATE, idIn, POINTER, POLICY, trust, type Estate } from './estate.ts';

let estate: Estate;
beforeEach(async () => {
  estate = await createEstate();
});
afterEach(() => estate.close());

const promote = (...args: readonly string[]) => estate.ingate('promote', '--release', 'support', '--offline', ...args);
const toQa = () => promote('--to', 'qa');
const toProd = () => promote('--to', 'prod');

/** Applies dev, releases what it has, and signs for it. */
async function released(): Promise<string> {
  await estate.ok('apply', '-e', 'dev', '--yes');
  const id = idIn(await estate.ok('release', 'support'));
  await estate.ok('evidence', 'sign', '-e', 'dev');
  return id;
}

async function inQa(): Promise<string> {
  const id = await released();
  const ran = await toQa();
  expect(ran.code, ran.out + ran.err).toBe(0);
  estate.merge(`promote/support/qa/${id}`);
  await estate.ok('apply', '-e', 'qa', '--yes');
  await estate.ok('evidence', 'sign', '-e', 'qa');
  return id;
}

async function refusal(run: Promise<{ code: number; err: string; out: string }>): Promise<string[]> {
  const ran = await run;
  const codes = [...new Set([...ran.err.matchAll(/ING8\d\d\d/g)].map(([code]) => code))];
  // What is missing is a mistake; everything else is a refusal.
  const isMistake = codes.every((code) => ['ING8101', 'ING8107'].includes(code));
  expect(ran.code, ran.out + ran.err).toBe(isMistake ? 1 : 11);
  return codes;
}

describe('promotion', () => {
  it('goes from dev over qa to prod by content, and the second run of everything does nothing', async () => {
    await estate.ok('apply', '-e', 'dev', '--yes');
    const first = await estate.ok('release', 'support');
    const id = idIn(first);
    expect(await estate.ok('release', 'support')).toContain('was there already');
    expect(await estate.ok('evidence', 'sign', '-e', 'dev')).toContain('signed ');
    expect(await estate.ok('evidence', 'sign', '-e', 'dev')).toContain('there already');

    const main = estate.git('rev-parse', 'main');
    const made = await toQa();
    expect([made.code, made.out]).toEqual([0, expect.stringContaining(`Promote support ${id} to qa: created`)]);
    const branch = `promote/support/qa/${id}`;
    const tip = estate.git('rev-parse', branch);
    expect(estate.git('rev-parse', 'main')).toBe(main);
    expect(estate.git('diff', '--numstat', 'main', branch, '--', 'environments')).toBe(
      '1\t1\tenvironments/qa/release.yaml\n',
    );
    expect(estate.git('show', `${branch}:environments/qa/release.yaml`)).toBe(POINTER.replace('source', id));
    const changed = estate.git('diff', '--name-only', 'main', branch).trim().split('\n');
    expect(changed.toSorted()).toEqual(
      [
        'environments/qa/release.yaml',
        `releases/support/${id}.yaml`,
        `releases/support/evidence/${id}/dev/release.dsse.json`,
        `releases/support/evidence/${id}/dev/release.results.json`,
      ].toSorted(),
    );
    expect(estate.git('log', '-1', '--format=%(trailers:key=Release-Id,valueonly)', branch).trim()).toBe(id);
    const body = readFileSync(`${estate.root}/.ingate/promotions/promote-support-qa-${id}.md`, 'utf8');
    expect(body).toContain('`polite absolute`');
    expect(body).toContain('+digest: sha256:');
    expect(body).toContain('Unchanged: `Agent/support`, `ModelDeployment/chat`.');
    expect(body).toContain('### ingate plan');
    expect(body).toMatch(/\| `qa` \| [1-9]\d* \| 0 \| 0 \| \d+ \| 0 \| changes \|/);
    expect(body).toMatch(/\+ Agent\/support/);
    const again = await toQa();
    expect([again.code, again.out]).toEqual([0, expect.stringContaining(': unchanged')]);
    expect(estate.git('rev-parse', branch)).toBe(tip);

    estate.merge(branch);
    expect((await toQa()).out).toContain('Nothing to do');
    // What the files of qa say does not count any more.
    estate.prompt('Something else entirely.\n');
    estate.git('commit', '-qam', 'a new prompt');
    estate.azure.faults.add({ match: { method: 'POST', path: '/importImage$' }, drop: 'after-commit' });
    await estate.ok('apply', '-e', 'qa', '--yes');
    expect(await estate.ok('plan', '-e', 'qa', '--detailed-exitcode')).toContain('No changes.');
    const outputs = await estate.ok('plan', '-e', 'qa', '-o', 'json');
    expect(outputs).not.toContain('Something else entirely');
    await estate.ok('evidence', 'sign', '-e', 'qa');

    expect(await refusal(toProd())).toEqual(['ING8109']);
    await estate.age('qa', 2);
    // An apply that changes nothing does not make it new.
    estate.git('commit', '-q', '--allow-empty', '-m', 'nothing');
    await estate.ok('apply', '-e', 'qa', '--yes');
    const made2 = await toProd();
    expect(made2.code, made2.err).toBe(0);
    estate.merge(`promote/support/prod/${id}`);
    await estate.ok('apply', '-e', 'prod', '--yes');
    expect(await estate.ok('plan', '-e', 'prod', '--detailed-exitcode')).toContain('No changes.');
    expect((await toProd()).out).toContain('Nothing to do');
    expect(await estate.ok('validate')).toMatch(/valid dev[\s\S]*valid prod[\s\S]*valid qa/);
    const files = readdirSync(`${estate.root}/releases/support/evidence/${id}/qa`).map(
      (name) => `releases/support/evidence/${id}/qa/${name}`,
    );
    expect(await estate.ok('evidence', 'verify', '--offline', `${estate.root}/${files[0]}`)).toContain(
      'signed by ci-qa',
    );
  });

  it('rolls back to what was there before, holds it, and lets others in again only when told to', async () => {
    const first = await inQa();
    estate.prompt("Say 'please hold on' kindly.\n");
    estate.git('commit', '-qam', 'a better prompt');
    const second = await inQa();
    expect(second).not.toBe(first);
    const body = readFileSync(`${estate.root}/.ingate/promotions/promote-support-qa-${second}.md`, 'utf8');
    expect(body).toContain("-definition.instructions: Say 'please wait' kindly.");
    expect(body).toContain(`ingate promote --release support --to qa --id ${first} --rollback`);

    expect(await refusal(promote('--to', 'qa', '--id', '0123456789ab', '--rollback'))).toEqual(['ING8101']);
    const back = await promote('--to', 'qa', '--id', first, '--rollback');
    expect(back.code, back.err).toBe(0);
    expect((await promote('--to', 'qa', '--id', first, '--rollback')).out).toContain(': unchanged');
    estate.merge(`promote/support/qa/${first}`);
    await estate.ok('apply', '-e', 'qa', '--yes');
    const live = await estate.ok('plan', '-e', 'qa', '--detailed-exitcode');
    expect(live).toContain('No changes.');
    expect(readFileSync(`${estate.root}/environments/qa/release.yaml`, 'utf8')).toContain(
      `hold: Rolled back from ${second}.`,
    );

    expect(await refusal(promote('--to', 'qa', '--id', second))).toEqual(['ING8111']);
    const main = estate.git('rev-parse', 'HEAD').trim();
    expect((await promote('--to', 'qa', '--id', first)).out).toContain('Nothing to do');
    const lifted = await promote('--to', 'qa', '--id', first, '--release-hold');
    expect(lifted.code, lifted.err).toBe(0);
    expect(estate.git('show', `promote/support/qa/${first}:environments/qa/release.yaml`)).toBe(
      POINTER.replace('source', first),
    );
    expect(estate.git('rev-parse', `promote/support/qa/${first}^`).trim()).toBe(main);
    const forth = await promote('--to', 'qa', '--id', second, '--release-hold');
    expect(forth.code, forth.err).toBe(0);
    estate.merge(`promote/support/qa/${second}`);
    expect(readFileSync(`${estate.root}/environments/qa/release.yaml`, 'utf8')).toBe(POINTER.replace('source', second));
    expect(await refusal(promote('--to', 'prod', '--id', first, '--rollback'))).toEqual(['ING8110']);
  });

  it('refuses what the source does not really have', async () => {
    const id = await released();
    estate.prompt("Say 'please, not yet applied'.\n");
    estate.git('commit', '-qam', 'not applied');
    expect(await refusal(toQa())).toEqual(['ING8108']);
    expect(await refusal(estate.ingate('release', 'support'))).toEqual(['ING8107']);
    expect(await refusal(promote('--to', 'qa', '--id', id))).toContain('ING8108');
    expect(await refusal(promote('--to', 'prod', '--from', 'dev'))).toEqual(['ING8110']);
    expect(await refusal(promote('--to', 'dev'))).toEqual(['ING8110']);
  });

  it('needs evidence, of the gate and the items that the target branch has', async () => {
    await estate.ok('apply', '-e', 'dev', '--yes');
    const id = idIn(await estate.ok('release', 'support'));
    expect(await refusal(toQa())).toEqual(['ING8200']);
    await estate.ok('evidence', 'sign', '-e', 'dev');
    // Somebody makes the gate of the target branch stricter; the evidence is of the weaker one.
    estate.write({ 'environments/base/gate.yaml': GATE.replace('atLeast: 0.8', 'atLeast: 0.85') });
    estate.git('commit', '-qam', 'stricter');
    expect(await refusal(toQa())).toContain('ING8203');
    estate.git('revert', '--no-edit', 'HEAD');
    const path = `${estate.root}/.ingate/evidence/support/${id}/dev/release.dsse.json`;
    const envelope = JSON.parse(readFileSync(path, 'utf8')) as { payload: string };
    const payload = Buffer.from(envelope.payload, 'base64').toString();
    const forged = {
      ...envelope,
      payload: Buffer.from(payload.replace('"items":40', '"items":99')).toString('base64'),
    };
    writeFileSync(path, JSON.stringify(forged));
    expect(await refusal(toQa())).toEqual(['ING8201']);
    writeFileSync(path, JSON.stringify(envelope));
    writeFileSync(path.replace('.dsse.', '.results.'), '{}');
    expect(await refusal(toQa())).toEqual(['ING8209']);
    expect(existsSync(`${estate.root}/.ingate/promotions`)).toBe(false);
    expect(estate.git('branch', '--list', 'promote/*')).toBe('');
  });

  it('does not take evidence of one environment for another, nor of an older release', async () => {
    const first = await inQa();
    await estate.age('qa', 2);
    // qa's own evidence goes; dev's is passed in its place.
    const folder = `${estate.root}/.ingate/evidence/support/${first}`;
    const from = (environment: string) => `${folder}/${environment}/release.dsse.json`;
    const own = readFileSync(from('qa'), 'utf8');
    const ownResults = readFileSync(from('qa').replace('.dsse.', '.results.'), 'utf8');
    writeFileSync(from('qa'), readFileSync(from('dev')));
    writeFileSync(from('qa').replace('.dsse.', '.results.'), readFileSync(from('dev').replace('.dsse.', '.results.')));
    expect(await refusal(toProd())).toEqual(['ING8207']);
    writeFileSync(from('qa'), own);
    writeFileSync(from('qa').replace('.dsse.', '.results.'), ownResults);

    estate.prompt("Say 'please hold on' kindly.\n");
    estate.git('commit', '-qam', 'a better prompt');
    const second = await inQa();
    await estate.age('qa', 2);
    const place = `${estate.root}/.ingate/evidence/support/${second}/qa/release.dsse.json`;
    writeFileSync(place, own);
    writeFileSync(place.replace('.dsse.', '.results.'), ownResults);
    expect(await refusal(toProd())).toEqual(['ING8202']);
  });

  it('trusts the keys, the policy and the revocations of the target branch only', async () => {
    const id = await released();
    estate.write({ 'releases/trust.yaml': trust().replace('[dev, qa]', '[qa]') });
    estate.git('commit', '-qm', 'dev is not trusted', 'releases/trust.yaml');
    expect(await refusal(toQa())).toEqual(['ING8201']);
    // A work tree or a pull request cannot say otherwise.
    estate.write({
      'releases/trust.yaml': trust(),
      'releases/support/policy.yaml': POLICY.replace('gates: [release]', 'gates: []'),
    });
    expect(await refusal(toQa())).toEqual(['ING8201']);
    estate.write({
      'releases/trust.yaml': trust('revoked:', `  releases: ["${id}"]`),
      'releases/support/policy.yaml': POLICY,
    });
    estate.git('commit', '-qm', 'revoked', 'releases/trust.yaml');
    expect(await refusal(toQa())).toEqual(['ING8115']);
  });

  it('counts approvals of the target branch, and takes one instead of evidence', async () => {
    estate.write({
      'releases/support/policy.yaml': POLICY.replace('{ gates: [release] }', '{ gates: [release], approvals: 2 }'),
    });
    estate.git('commit', '-qam', 'two approvals');
    await estate.ok('apply', '-e', 'dev', '--yes');
    const id = idIn(await estate.ok('release', 'support'));
    const approval = (by: string, more = '', expires = '2099-01-01T00:00:00Z') =>
      `apiVersion: ingate/v1alpha1\nkind: Approval\nmetadata: { name: ${by} }\nspec: { id: "${id}", environment: qa, by: ${by}, reason: fix, expires: "${expires}"${more} }\n`;
    expect(await refusal(toQa())).toEqual(['ING8200', 'ING8112']);
    estate.write({
      'releases/support/approvals/a.yaml': approval('ann', ', insteadOf: [evidence]'),
      'releases/support/approvals/b.yaml': approval('ann'),
      'releases/support/approvals/c.yaml': approval('bob', '', '2020-01-01T00:00:00Z'),
    });
    expect(await refusal(toQa())).toEqual(['ING8200', 'ING8112']);
    estate.git('add', 'releases/support/approvals');
    estate.git('commit', '-qm', 'approvals');
    expect(await refusal(toQa())).toEqual(['ING8112']);
    estate.write({ 'releases/support/approvals/c.yaml': approval('bob') });
    estate.git('commit', '-qam', 'one more');
    const made = await toQa();
    expect(made.code, made.err).toBe(0);
    expect(readFileSync(`${estate.root}/.ingate/promotions/promote-support-qa-${id}.md`, 'utf8')).toContain('`bob`');
  });
});

describe('a pointer that was changed by hand', () => {
  it('is refused by validate, unless evidence or an approval stands behind it', async () => {
    const id = await released();
    const byHand = POINTER.replace('source', id);
    estate.write({ 'environments/qa/release.yaml': byHand });
    expect(await refusal(estate.ingate('validate', '-e', 'qa'))).toEqual(['ING8200']);
    estate.git('checkout', '--quiet', 'environments');
    expect((await toQa()).code).toBe(0);
    estate.merge(`promote/support/qa/${id}`);
    await estate.ok('validate');
    estate.write({ 'environments/prod/release.yaml': byHand });
    expect(await refusal(estate.ingate('validate'))).toEqual(['ING8200']);
    const place = `releases/support/evidence/${id}`;
    const dev = (ending: string): string => readFileSync(`${estate.root}/${place}/dev/release.${ending}`, 'utf8');
    estate.write({
      [`${place}/qa/release.dsse.json`]: dev('dsse.json'),
      [`${place}/qa/release.results.json`]: dev('results.json'),
    });
    expect(await refusal(estate.ingate('validate'))).toEqual(['ING8207']);
    const approval = `apiVersion: ingate/v1alpha1\nkind: Approval\nmetadata: { name: fix }\nspec: { id: "${id}", environment: prod, by: ann, reason: fix, expires: "2099-01-01T00:00:00Z", insteadOf: [evidence] }\n`;
    estate.write({ 'releases/support/approvals/fix.yaml': approval });
    await estate.ok('validate');
    estate.write({ 'releases/trust.yaml': trust('revoked:', `  releases: ["${id}"]`) });
    expect(await refusal(estate.ingate('validate'))).toEqual(['ING8115']);
  });
});

describe('a model', () => {
  it('moves with the version that serves, also where Azure has chosen it, and not when Azure moves it on', async () => {
    const base = readFileSync(`${estate.root}/environments/base/base.yaml`, 'utf8');
    estate.write({
      'environments/base/base.yaml': base.replace(
        '{ name: gpt-4.1, version: "2025-04-14" }',
        '{ name: gpt-4o }, versionUpgradeOption: OnceNewDefaultVersionAvailable',
      ),
    });
    estate.git('commit', '-qam', 'Azure chooses the version');
    const id = await inQa();
    expect(readFileSync(`${estate.root}/releases/support/${id}.yaml`, 'utf8')).toMatch(/version: "?2024-11-20/);
    await estate.age('qa', 2);
    const deployments = estate.azure
      .requests()
      .find(({ path }) => path.includes('/rg-qa/') && path.endsWith('/deployments/chat'));
    const path = `${deployments?.path ?? ''}?api-version=2026-07-01`;
    const { body } = await estate.send('GET', path);
    const { sku, tags, properties } = body as { sku: object; tags: object; properties: { model: object } };
    const model = { ...properties.model, version: '2024-08-06' };
    const moved = await estate.send('PUT', path, { sku, tags, properties: { ...properties, model } });
    expect(moved.status, JSON.stringify(moved.body)).toBeLessThan(300);
    expect(await estate.ok('plan', '-e', 'qa', '--detailed-exitcode')).toContain('No changes.');
    const refused = await toProd();
    expect([refused.code, refused.err]).toEqual([11, expect.stringContaining('Azure has moved it to another version')]);
  });
});

describe('what a release decides', () => {
  it('is not accepted into files from Azure, and drift in it keeps a release from going on', async () => {
    const id = await inQa();
    await estate.age('qa', 2);
    const endpoint = estate.azure.requests().find(({ path }) => /\/api\/projects\//.test(path) && path.includes('qa'));
    const project = /^(.*\/api\/projects\/[^/]+)/.exec(endpoint?.path ?? '')?.[1] ?? '';
    const definition = { kind: 'prompt', model: 'chat', instructions: 'Changed in the portal, please.' };
    const made = await estate.send('POST', `${project}/agents/support/versions?api-version=v1`, {
      definition,
      metadata: { ingate_environment: 'qa', ingate_id: 'Agent/support' },
    });
    expect(made.status).toBe(200);
    const version = (made.body as { version: string }).version;
    const rules = [{ type: 'FixedRatio', agent_version: version, traffic_percentage: 100 }];
    await estate.send(
      'PATCH',
      `${project}/agents/support?api-version=v1`,
      {
        agent_endpoint: { version_selector: { version_selection_rules: rules } },
      },
      { 'content-type': 'application/merge-patch+json' },
    );
    expect(await refusal(toProd())).toEqual(['ING8108']);
    const before = estate.git('status', '--porcelain');
    const accepted = await estate.ingate('drift', 'accept', '-e', 'qa', '--yes');
    expect(accepted.err, accepted.out).toContain(`releases/support/${id}.yaml decides it`);
    expect(estate.git('status', '--porcelain')).toBe(before);
  });
});
