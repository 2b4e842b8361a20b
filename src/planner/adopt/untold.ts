import { textOf } from '../../model/json.ts';
import { CHILDREN_OF_PEOPLE, COMPUTED_CHILDREN } from './known-children.ts';
import { passOver, type State } from './state.ts';
import { readFacts } from './type-facts.ts';

/**
 * Tells which types of children were not looked for, because no kind stands for them: one line per type of parent. Looking
 * for all of them would take hundreds of requests and find mostly what Azure makes by itself.
 */
export async function tellUntold(state: State): Promise<void> {
  const parents = new Set(
    [...state.subjects.values()]
      .filter(({ definition, owner }) => owner === undefined && definition.kind !== 'AzureResource')
      .map(({ body, definition }) => textOf(body, 'type') || definition.azureType)
      .filter((type) => type.startsWith('Microsoft.')),
  );
  const unique = [...new Map([...parents].map((type) => [type.toLowerCase(), type])).values()].toSorted();
  const facts = await readFacts([...new Set(unique.map((type) => type.split('/', 1)[0] ?? ''))], state);
  const told = new Set(
    [...state.kinds.values()]
      .flatMap(({ azureType, parts }) => [azureType, ...Object.values(parts).map((part) => part.azureType)])
      .map((type) => type.toLowerCase()),
  );
  const lastOf = (type: string): string => type.slice(type.lastIndexOf('/') + 1);
  const namespaceOf = (type: string): string => type.slice(0, type.indexOf('/'));
  // Kinds such as connections lie below several types and name one of them.
  const isTold = (type: string): boolean =>
    [...told].some(
      (one) => one.startsWith(`${type}/`) || (namespaceOf(one) === namespaceOf(type) && lastOf(one) === lastOf(type)),
    );
  for (const parent of unique) {
    const prefix = `${parent.toLowerCase()}/`;
    const children = [...facts.values()]
      .map(({ type }) => type)
      .filter((type) => type.toLowerCase().startsWith(prefix) && !isTold(type.toLowerCase()))
      .map((type) => type.slice(prefix.length))
      .filter((name) => !name.includes('/') && !COMPUTED_CHILDREN.test(name) && !isLookedFor(parent, name));
    if (children.length > 0)
      passOver(
        parent,
        `its children of type ${children.toSorted().join(', ')} were not looked for; import AzureResource takes one`,
        state,
      );
  }
}

function isLookedFor(parent: string, name: string): boolean {
  const entry = Object.entries(CHILDREN_OF_PEOPLE).find(([type]) => type.toLowerCase() === parent.toLowerCase());
  return entry?.[1].some((one) => one.toLowerCase() === name.toLowerCase()) === true;
}
