/** Kinds of values. Apart from their rules, since the address of the list names them and is read before any page. */
export const VALUE_TYPES = ['secret', 'text', 'multiline', 'url', 'number', 'json'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];
