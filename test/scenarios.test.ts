import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { playScenario } from './support/scenario.ts';

const folder = fileURLToPath(new URL('scenarios', import.meta.url));

describe('scenarios', () => {
  for (const name of readdirSync(folder).toSorted()) {
    it(name.replaceAll('-', ' '), () => playScenario(join(folder, name)));
  }
});
