// Measures ingate in fresh processes and prints a table of ratios. It is no test: it ends with 0 unless something failed to
// run. Options: --only NAME (several times), --quick (tiny sizes), --source (the sources instead of a build), -o json.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Context } from './bench/context.ts';
import { measurements } from './bench/measures/all.ts';
import { tableOf, type Row } from './bench/result.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    source: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o', default: 'text' },
  },
});

const root = fileURLToPath(new URL('..', import.meta.url));
const names = measurements.map(({ name }) => name);
const unknown = values.only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(1);
}

/** Users run the built package; so is it measured, unless the sources are asked for. */
function entryOf(source: boolean): string {
  if (source) return join(root, 'src', 'cli', 'main.ts');
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], { stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(1);
  return join(root, 'dist', 'cli.js');
}

const folder = mkdtempSync(join(tmpdir(), 'ingate-bench-'));
const context: Context = {
  folder,
  entry: entryOf(values.source),
  quick: values.quick,
  small: values.quick ? 12 : 1000,
  large: values.quick ? 24 : 10_000,
  repeat: values.quick ? 1 : 11,
};

const rows: Row[] = [];
const wanted = measurements.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
for (const measurement of wanted) {
  const { name } = measurement;
  console.error(`measuring ${name} ...`);
  try {
    rows.push(...(await measurement.run(context)));
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
rmSync(folder, { recursive: true, force: true });

const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
if (values.output === 'json') console.log(JSON.stringify({ machine, rows }, null, 2));
else {
  console.log(
    `${machine.date}, Node ${machine.node} on ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB\n`,
  );
  console.log(tableOf(rows));
}
