// The main job on real input, with nothing but Node: plan the sample environment `dev`, apply it to the embedded Azure,
// and show that the second plan is empty.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function ingate(...args: readonly string[]): void {
  console.log(`\n$ ingate ${args.join(' ')}`);
  const result = spawnSync(process.execPath, ['src/cli/main.ts', ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

ingate('plan', '-e', 'dev');
ingate('apply', '-e', 'dev', '--yes');
ingate('plan', '-e', 'dev');
console.log(`
The environment "dev" now stands in the embedded Azure, whose state is kept in .ingate/.
Change a file below environments/ and run: npm run ingate -- plan -e dev
Start over with:                           npm run ingate -- local reset`);
