import { counted } from '../../model/english.ts';
import type { SpecSchema } from '../../model/schema.ts';
import { allowed, listed, typeWords } from './allowed.ts';

/** What a sentence is made of: the parameters of the failed keyword, the schema of the value and of all its forms. */
export interface Failure {
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema: SpecSchema | undefined;
  /** The value has several forms (`anyOf`, `oneOf`) and fits more than one of them. */
  readonly isAmbiguous: boolean;
}

type Sentence = (failure: Failure) => string;

const number = ({ params }: Failure): number => Number(params['limit']);
const form: Sentence = ({ schema, isAmbiguous }) =>
  isAmbiguous ? `must have only one of its forms: ${allowed(schema)}` : `must be ${allowed(schema)}`;

/** One sentence per keyword, behind the field's name. A test compares it with the keywords that the schemas use. */
export const sentences: Readonly<Record<string, Sentence>> = {
  enum: ({ params }) => `must be ${listed(Array.isArray(params['allowedValues']) ? params['allowedValues'] : [])}`,
  const: ({ params }) => `must be ${JSON.stringify(params['allowedValue'])}`,
  type: ({ params, schema }) => {
    const types = [params['type']].flat().map(String);
    return types.includes('object') && schema !== undefined
      ? `must be ${allowed({ ...schema, type: types })}`
      : `must be ${types.map(typeWords).join(' or ')}`;
  },
  pattern: ({ schema }) => `must be ${schema?.['x-form'] ?? 'of another form'}`,
  anyOf: form,
  oneOf: form,
  minLength: (one) => (number(one) === 1 ? 'must not be empty' : `must have at least ${number(one)} characters`),
  maxLength: (one) => `must have at most ${counted(number(one), 'character')}`,
  minimum: (one) => `must be at least ${number(one)}${upTo(one.schema)}`,
  maximum: (one) => `must be at most ${number(one)}${downTo(one.schema)}`,
  exclusiveMinimum: (one) => `must be greater than ${number(one)}${upTo(one.schema)}`,
  exclusiveMaximum: (one) => `must be less than ${number(one)}${downTo(one.schema)}`,
  multipleOf: ({ params }) => `must be a multiple of ${String(params['multipleOf'])}`,
  minItems: (one) => `must have at least ${counted(number(one), 'item')}`,
  maxItems: (one) => `must have at most ${counted(number(one), 'item')}`,
  uniqueItems: ({ params }) => `has the same item twice, at ${String(params['j'])} and ${String(params['i'])}`,
  minProperties: (one) => `must have at least ${counted(number(one), 'entry').replace(/entrys$/, 'entries')}`,
  maxProperties: (one) => `must have at most ${counted(number(one), 'entry').replace(/entrys$/, 'entries')}`,
  propertyNames: ({ params }) => `cannot have an entry named ${JSON.stringify(params['propertyName'])}`,
};

function upTo(schema: SpecSchema | undefined): string {
  return schema?.maximum === undefined ? '' : ` and at most ${schema.maximum}`;
}

function downTo(schema: SpecSchema | undefined): string {
  return schema?.minimum === undefined ? '' : ` and at least ${schema.minimum}`;
}
