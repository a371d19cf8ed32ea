import type { ValueType } from '../schemas.ts';

export const CATEGORIES = [
  'Clouds', 'Databases', 'Queues and streams', 'Mail', 'Messaging', 'Payments', 'Source and builds', 'Monitoring', 'AI', 'Identity', 'Storage',
  'Networks', 'Business',
] as const; // prettier-ignore
export type Category = (typeof CATEGORIES)[number];

/** One secret or setting that a service wants, under the name by which its own tools know it where they have one. */
export interface Field {
  name: string;
  title: string;
  type: ValueType;
  /** Where it is found, or what it is. */
  help: string;
  required: boolean;
  /** What every value of it looks like, as the vendor documents it (re2 syntax); absent where that is not documented. */
  pattern?: string;
}

/** What a service wants to be reached with. Data: adding one takes no code. */
export interface Template {
  id: string;
  name: string;
  category: Category;
  fields: readonly Field[];
}

type More = Pick<Field, 'pattern'> & { optional?: true };
const field =
  (type: ValueType) =>
  (name: string, title: string, help: string, { optional, ...more }: More = {}): Field => ({
    name,
    title,
    type,
    help,
    required: !optional,
    ...more,
  });

export const secret = field('secret');
export const text = field('text');
export const url = field('url');
export const number = field('number');
export const multiline = field('multiline');
export const json = field('json');

export const inCategory =
  (category: Category) =>
  (id: string, name: string, ...fields: Field[]): Template => ({ id, name, category, fields });

export const optional = { optional: true } as const;
export const like = (pattern: string) => ({ pattern });
export const UUID = like('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$');
export const HTTPS = like('^https://');
