import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generate/all.ts';
import { kindFolder } from '../scripts/generate/spec-types.ts';
import { comparisons, inlineSchema, type SpecSchema } from '../src/model/schema.ts';
import { registry } from '../src/reconcilers/registry.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

interface Import {
  readonly from: string;
  /** Path below src, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = globSync('**/*.ts', { cwd: src }).map((name) => name.split(sep).join('/'));

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(src, from), 'utf8');
  const found = [
    ...text.matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm),
  ];
  return found.map((match): Import => {
    const target = match[2] ?? match[3] ?? match[4] ?? '';
    const to = target.startsWith('.')
      ? relative(src, resolve(src, dirname(from), target))
          .split(sep)
          .join('/')
      : target;
    return { from, to, typeOnly: match[1] !== undefined };
  });
});

const isOurs = (to: string): boolean => files.includes(to) || to.endsWith('.json');
const room = (path: string): string => path.split('/')[0] ?? '';

/** Rooms that files of a room may import from, besides their own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  'local-azure': [],
  planner: ['model'],
  gates: ['model'],
  evidence: ['model'],
  rollout: ['model'],
  reconcilers: ['model', 'gates', 'rollout'],
  git: ['model'],
  http: ['model'],
  forge: ['model', 'http'],
  azure: ['model', 'http'],
  cli: ['model', 'planner', 'reconcilers', 'gates', 'rollout', 'evidence', 'forge', 'git', 'azure'],
};

describe('the lock file', () => {
  it('has every optional package of every platform, so that a clean install works everywhere', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
    };
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
    const missing = wanted.filter((name) => !packages[`node_modules/${name}`]?.version);
    expect(wanted.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
});

describe('the published package', () => {
  it('is bundled from one version of what it and the packages that it brings both need', () => {
    const needsOf = (file: string, of: 'dependencies' | 'devDependencies'): Record<string, string> =>
      (JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<typeof of, Record<string, string>>)[of];
    const own = needsOf('package.json', 'devDependencies');
    const brought = globSync('packages/*/package.json', { cwd: root }).flatMap((file) =>
      Object.entries(needsOf(file, 'dependencies')),
    );
    const shared = brought.filter(([name]) => name in own);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.filter(([name, version]) => own[name] !== version)).toEqual([]);
  });
});

describe('rooms', () => {
  it('import only from where they may', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!isOurs(to) || to.startsWith('..')) return false;
      const allowed = [room(from), ...(MAY_IMPORT[room(from)] ?? [])];
      return !allowed.includes(room(to));
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('are all known', () => {
    expect([...new Set(files.map(room))].filter((name) => !(name in MAY_IMPORT))).toEqual([]);
  });

  it('write files in one place only, where links and devices are refused', () => {
    const writes =
      /\b(?:writeFile|appendFile|rename|copyFile|cp|symlink|link|truncate|write|open)Sync\b|createWriteStream|node:fs\/promises/;
    const wrong = files.filter(
      (name) =>
        name.startsWith('cli/') && name !== 'cli/save-file.ts' && writes.test(readFileSync(join(src, name), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('keep kinds apart from each other', () => {
    const folders = new Set([...registry.keys()].map(kindFolder));
    const wrong = imports.filter(({ from, to }) => {
      const [, mine = ''] = from.split('/');
      const [where, other = ''] = to.split('/');
      return (
        from.startsWith('reconcilers/') &&
        folders.has(mine) &&
        where === 'reconcilers' &&
        other !== mine &&
        other !== 'shared'
      );
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

describe('packages', () => {
  const PLACES: readonly (readonly [name: RegExp, where: RegExp])[] = [
    [/^@azure\//, /^(azure|http)\/|^forge\/request\.ts$/],
    [/^listr2$/, /^cli\//],
    [/^commander$/, /^cli\//],
    [/^ajv/, /^(planner\/load\/|gates\/graders\/json-schema\.ts)/],
    [/^yaml$/, /^(planner\/(load|edit)\/|cli\/(commands\/(render|fmt)|render\/manifests)\.ts)/],
    [/^@ingate\/local-azure/, /^(azure\/embedded|cli\/commands\/local|local-azure\/index)\.ts$/],
  ];

  it.each(PLACES)('%s are used only in %s', (name, where) => {
    const wrong = imports.filter(({ from, to }) => name.test(to) && !where.test(from));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('of this repository are reached by their names from src, and from scripts only by the benchmarks', () => {
    const outside = imports.filter(({ to }) => to.startsWith('..') && !to.endsWith('.json'));
    expect(outside.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    const scripts = globSync('**/*.ts', { cwd: join(root, 'scripts') }).map((name) => name.split(sep).join('/'));
    const users = scripts.filter((name) =>
      /from '(@ingate\/|[./]+\/packages\/)/.test(readFileSync(join(root, 'scripts', name), 'utf8')),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((name) => !name.startsWith('bench/'))).toEqual([]);
  });

  it('of Azure are not reached by what must start fast', () => {
    const eager = (from: string, seen = new Set<string>()): Set<string> => {
      for (const one of imports.filter((each) => each.from === from && !each.typeOnly && !isDynamic(from, each.to))) {
        if (seen.has(one.to)) continue;
        seen.add(one.to);
        if (files.includes(one.to)) eager(one.to, seen);
      }
      return seen;
    };
    for (const entry of [
      'cli/main.ts',
      'cli/run.ts',
      'cli/commands/validate.ts',
      'cli/commands/render.ts',
      'cli/commands/graph.ts',
      'cli/commands/explain.ts',
    ]) {
      expect(
        [...eager(entry)].filter((to) => to.startsWith('@azure/') || to.startsWith('@ingate/')),
        entry,
      ).toEqual([]);
    }
  });

  function isDynamic(from: string, to: string): boolean {
    const text = readFileSync(join(src, from), 'utf8');
    const name = to.split('/').at(-1) ?? to;
    return new RegExp(`import\\('[^']*${name.replaceAll('.', '\\.')}'\\)`).test(text);
  }

  it('printing and the process belong to the command line', () => {
    const wrong = files.filter(
      (name) =>
        !name.startsWith('cli/') &&
        /\bconsole\.|process\.(stdout|stderr|exit|argv|on)\b/.test(readFileSync(join(src, name), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('kinds', () => {
  it('are folders, and folders are kinds', () => {
    const folders = readdirSync(join(src, 'reconcilers'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.filter((name) => name !== 'shared' && name !== 'apply').toSorted()).toEqual(
      [...registry.keys()].map(kindFolder).toSorted(),
    );
  });

  it.each([...registry.values()].map((kind) => [kind.kind, kind.schema] as const))(
    '%s describes every field and uses known words',
    (_, schema) => {
      const problems: string[] = [];
      const visit = (field: SpecSchema, path: string): void => {
        for (const [name, inner] of Object.entries(field.properties ?? {})) {
          if (!inner.description) problems.push(`${path}.${name} has no description`);
          if (inner['x-compare'] !== undefined && !(comparisons as readonly string[]).includes(inner['x-compare']))
            problems.push(`${path}.${name} compares as ${inner['x-compare']}`);
          visit(inner, `${path}.${name}`);
        }
        if (field.items) visit(field.items, `${path}[]`);
      };
      visit(inlineSchema(schema), '');
      expect(problems).toEqual([]);
    },
  );
});

describe('generated files', () => {
  it('are what the generator makes', async () => {
    const stale = [...(await generatedFiles())].filter(([name, text]) => current(join(root, name)) !== text);
    expect(
      stale.map(([name]) => name),
      'run: npm run generate',
    ).toEqual([]);
  });
});

function current(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

describe('files', () => {
  const LONGEST = 260;

  it('stay short enough to be read in one go', () => {
    const long = files
      .filter((name) => !name.endsWith('/spec.ts'))
      .map((name) => [name, readFileSync(join(src, name), 'utf8').split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > LONGEST).map(([name, lines]) => `${name}: ${lines} lines`)).toEqual([]);
  });

  it('have kebab-case names and no default exports', () => {
    expect(files.filter((name) => !/^[a-z0-9/.-]+$/.test(name))).toEqual([]);
    expect(files.filter((name) => /^export default/m.test(readFileSync(join(src, name), 'utf8')))).toEqual([]);
  });
});
