import { arrayAt, isArray, member, objectAt, textAt, type Json } from '../../engine/json.ts';
import { coverage, keywordsOf, mentions } from './words.ts';

/** An answer in the form that `text.format` asks for: plain text, `{"answer": …}`, or an object of the JSON schema. */
export function formatted(answer: string, input: string, format: Json | undefined): string {
  const type = textAt(format, 'type');
  if (type === 'json_object') return JSON.stringify({ answer });
  if (type !== 'json_schema') return answer;
  return JSON.stringify(instanceOf(objectAt(format, 'schema'), answer, input));
}

/** A value of the schema: texts are the answer, choices the one that the input is about, numbers their minimum. */
function instanceOf(schema: Json, answer: string, input: string): Json {
  const choices = member(schema, 'enum');
  if (isArray(choices)) return choose(choices, input);
  switch (typeOf(schema)) {
    case 'object': {
      const properties = Object.entries(objectAt(schema, 'properties'));
      return Object.fromEntries(properties.map(([name, inner]) => [name, instanceOf(inner, answer, input)]));
    }
    case 'array':
      return [instanceOf(objectAt(schema, 'items'), answer, input)];
    case 'integer':
    case 'number':
      return member(schema, 'minimum') ?? 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return answer;
  }
}

function typeOf(schema: Json): string | undefined {
  return textAt(schema, 'type') ?? arrayAt(schema, 'type').find((each): each is string => each !== 'null');
}

function choose(choices: readonly Json[], input: string): Json {
  const words = keywordsOf(input);
  const scored = choices.map((choice) => {
    const text = typeof choice === 'string' ? choice : JSON.stringify(choice);
    return { choice, score: (mentions(input, text) ? 1 : 0) + coverage(keywordsOf(text), words) };
  });
  return scored.toSorted((a, b) => b.score - a.score)[0]?.choice ?? null;
}
