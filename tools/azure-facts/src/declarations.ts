import { parseSync } from 'oxc-parser';

/** A syntax node as the parser gives it; members depend on `type`. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Node = any;

/** One member of an interface. */
export interface Member {
  readonly type: Node;
  readonly optional: boolean;
  readonly readonly: boolean;
}

/** What the `.d.ts` of a package declares. */
export interface Declarations {
  readonly interfaces: ReadonlyMap<
    string,
    { readonly extends: readonly string[]; readonly members: ReadonlyMap<string, Member> }
  >;
  readonly aliases: ReadonlyMap<string, Node>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** Reads interfaces, aliases and `Known…` enums from declaration files. Later files win. */
export function readDeclarations(texts: readonly string[]): Declarations {
  const interfaces = new Map<string, { extends: string[]; members: Map<string, Member> }>();
  const aliases = new Map<string, Node>();
  const enums = new Map<string, string[]>();
  for (const text of texts)
    for (const statement of parseSync('models.d.ts', text).program.body as Node[]) {
      const one = statement.declaration ?? statement;
      if (one.type === 'TSInterfaceDeclaration')
        interfaces.set(one.id.name, {
          extends: one.extends.map((base: Node) => base.expression.name),
          members: new Map(
            one.body.body
              .filter((member: Node) => member.type === 'TSPropertySignature')
              .map((member: Node) => [
                member.key.name ?? member.key.value,
                { type: member.typeAnnotation?.typeAnnotation, optional: member.optional, readonly: member.readonly },
              ]),
          ),
        });
      if (one.type === 'TSTypeAliasDeclaration') aliases.set(one.id.name, one.typeAnnotation);
      if (one.type === 'TSEnumDeclaration')
        enums.set(
          one.id.name,
          (one.body?.members ?? one.members).map((member: Node) => String(member.initializer?.value ?? '')),
        );
    }
  return { interfaces, aliases, enums };
}

/** A member of an interface, its bases included. */
export function memberOf(declarations: Declarations, name: string, member: string): Member | undefined {
  const found = declarations.interfaces.get(name);
  if (!found) return undefined;
  const own = found.members.get(member);
  if (own) return own;
  for (const base of found.extends) {
    const inherited = memberOf(declarations, base, member);
    if (inherited) return inherited;
  }
  return undefined;
}

/** Known values of a named type: closed for unions of literals, open where the type is a plain string. */
export function valuesOf(
  { aliases, enums }: Declarations,
  name: string,
): { readonly enum: readonly string[]; readonly open?: true } | undefined {
  const alias = aliases.get(name);
  if (alias?.type === 'TSUnionType' && alias.types.every((one: Node) => one.type === 'TSLiteralType'))
    return { enum: alias.types.map((one: Node) => String(one.literal.value)).toSorted() };
  if (alias?.type === 'TSLiteralType') return { enum: [String(alias.literal.value)] };
  const known = enums.get(`Known${name}`);
  return alias?.type === 'TSStringKeyword' && known ? { enum: known.toSorted(), open: true } : undefined;
}
