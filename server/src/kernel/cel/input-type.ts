/** A type of CEL made from a JSON Schema: fields by name. */
export interface CelType {
  name: string;
  fields: Record<string, string>;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
}

const SIMPLE: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', integer: 'int' };

/** A schema that may also be null is that schema: null reads as absent only where the handler says so, so it stays unknown. */
const isOpen = ({ anyOf, oneOf, allOf, $ref, type }: Schema): boolean =>
  Boolean(anyOf ?? oneOf ?? allOf ?? $ref) || Array.isArray(type) || type === undefined;

/** What is declared with a type keeps it; where a schema leaves a choice, CEL looks when it runs (`dyn`). */
export function inputTypes(schema: object): { types: CelType[]; type: string } {
  const types: CelType[] = [];
  const typeOf = (one: Schema, name: string): string => {
    if (isOpen(one)) return 'dyn';
    if (one.type === 'array') return `list<${one.items ? typeOf(one.items, `${name}_item`) : 'dyn'}>`;
    if (one.type !== 'object') return SIMPLE[String(one.type)] ?? 'dyn';
    if (!one.properties)
      return `map<string, ${typeof one.additionalProperties === 'object' ? typeOf(one.additionalProperties, `${name}_value`) : 'dyn'}>`;
    const fields = Object.fromEntries(Object.entries(one.properties).map(([key, field]) => [key, typeOf(field, `${name}_${key}`)]));
    types.push({ name, fields });
    return name;
  };
  const type = typeOf(schema, 'Input');
  return { types, type: type === 'dyn' ? 'map<string, dyn>' : type };
}
