// Shows an apply of so many resources that takes so many milliseconds, as in a terminal, and prints the processor time that
// showing it took: node progress-process.ts RESOURCES MILLISECONDS FILE
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createProgress } from '../../src/cli/progress.ts';
import type { Io } from '../../src/cli/io.ts';
import type { Plan } from '../../src/model/plan.ts';
import { DEPTH } from './environment.ts';

const [resources, milliseconds, file] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] ?? ''];
for (const stream of [process.stdout, process.stderr]) {
  Object.defineProperties(stream, { isTTY: { value: true }, columns: { value: 120 }, rows: { value: 40 } });
}
const io: Pick<Io, 'columns' | 'env'> = { columns: 120, env: {} };
const ids = Array.from({ length: resources }, (_, index) => `ContainerApp/r${index}` as const);
const plan = { changes: ids.map((id) => ({ id, action: 'create' })) };
const before = process.cpuUsage();
const progress = await createProgress(io as Io, plan as unknown as Plan, {});
const perLevel = Math.ceil(resources / DEPTH);
for (let level = 0; level < DEPTH; level++) {
  const now = ids.slice(level * perLevel, (level + 1) * perLevel);
  for (const id of now) progress.show({ type: 'started', id, action: 'create' });
  await delay(milliseconds / DEPTH);
  for (const id of now) progress.show({ type: 'finished', id, action: 'create', milliseconds: 1000, address: '/' });
}
await progress.end();
const { user, system } = process.cpuUsage(before);
writeFileSync(file, String((user + system) / 1000));
