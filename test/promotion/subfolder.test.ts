import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { MACHINE_TIME } from '../support/impatient-clock.ts';
import { createEstate, idIn, LASTING_BASE, pair, type Estate } from './estate.ts';
import { runInProcess } from '../support/lab.ts';

let estate: Estate;
afterEach(() => estate.close());

describe('a project in a folder of its repository', () => {
  it('has its releases and evidence beside its environments', async () => {
    estate = await createEstate({ 'environments/base/base.yaml': LASTING_BASE }, {}, MACHINE_TIME);
    mkdirSync(`${estate.root}/team`);
    for (const name of readdirSync(estate.root).filter(
      (one) => !['.git', '.gitignore', '.ingate', 'team'].includes(one),
    ))
      estate.git('mv', name, `team/${name}`);
    estate.git('commit', '-qm', 'one of several');
    cpSync(`${estate.root}/.ingate`, `${estate.root}/team/.ingate`, { recursive: true });
    const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const ok = async (...args: readonly string[]): Promise<string> => {
      const ran = await runInProcess([...args, '--cwd', `${estate.root}/team`], { INGATE_EVIDENCE_KEY: key });
      expect(ran.code, ran.out + ran.err).toBe(0);
      return ran.out;
    };
    await ok('apply', '-e', 'dev', '--yes');
    const id = idIn(await ok('release', 'support'));
    await ok('evidence', 'sign', '-e', 'dev');
    await ok('promote', '--release', 'support', '--to', 'qa', '--offline');
    const changed = estate.git('diff', '--name-only', 'main', `promote/support/qa/${id}`);
    expect(changed.trim().split('\n').toSorted()).toEqual(
      [
        'team/environments/qa/release.yaml',
        `team/releases/support/${id}.yaml`,
        `team/releases/support/evidence/${id}/dev/release.dsse.json`,
        `team/releases/support/evidence/${id}/dev/release.results.json`,
      ].toSorted(),
    );
  });
});
