import { problem, type Diagnostic } from '../../model/diagnostic.ts';

/** Names of environments that fit into folders, YAML, GitHub environments and Azure names without quoting. */
const ENVIRONMENT = /^[a-z][a-z0-9-]{0,29}$/;
/** Where the files that all environments start from are put. */
export const BASE = 'base';

/** The names in `dev,qa,prod`, each once and in this order, or why they cannot be used. */
export function environmentNames(list: string): readonly string[] | Diagnostic {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const wrong = names.find((name) => !ENVIRONMENT.test(name) || name === BASE);
  if (names.length === 0 || wrong !== undefined)
    return problem('ING6300', wrong === undefined ? 'No environment is named' : `"${wrong}" cannot be an environment`, {
      hint: `Small letters, digits and hyphens, 30 characters at most, not "${BASE}"; separated by commas, such as dev,qa,prod.`,
    });
  return [...new Set(names)];
}

/** A part of Azure names made from the name of a folder; `app` where nothing of it can be used. */
export function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 20)
    .replace(/-+$/, '');
  return name === '' ? 'app' : name;
}

/** `OWNER/REPO` of a GitHub remote in any of its spellings; undefined for anything else. */
export function githubRepository(remote: string): string | undefined {
  const match =
    /^(?:https:\/\/(?:[^@/\s]+@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([A-Za-z0-9-]+\/[A-Za-z0-9._-]+?)(?:\.git)?\/?$/.exec(
      remote.trim(),
    );
  return match?.[1];
}
