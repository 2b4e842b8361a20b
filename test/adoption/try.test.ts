import { it } from 'vitest';
import { rmSync, readdirSync, readFileSync } from 'node:fs';
import { sampleLab } from './foreign.ts';
it('try', async () => {
  const lab = await sampleLab();
  const a = await lab.ingate('apply', '-e', 'dev', '--yes');
  console.log(a.code, a.err.slice(-300));
  rmSync(`${lab.root}/environments`, { recursive: true });
  const p = await lab.ingate('pull', '-e', 'dev', '--cloud', 'local', '--subscription', '00000000-0000-0000-0000-000000000001', '--resource-group', 'rg-support-dev');
  console.log(p.code, p.out, p.err);
  for (const f of readdirSync(`${lab.root}/environments/dev`, { recursive: true, withFileTypes: true })) if (f.isFile()) console.log('-----', f.name, '\n' + readFileSync(`${f.parentPath}/${f.name}`, 'utf8'));
  await lab.close();
});
