import { z } from 'zod';

/** Ways of searching. */
export const SEARCH_TYPES = ['hybrid', 'semantic', 'keyword'] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

/** PostgreSQL keeps every character but this one. */
export const hasNoNul = (value: unknown): boolean => !JSON.stringify(value).includes(String.raw`\u0000`);
export const NUL = 'No NUL characters';

/** What is searched for. */
export const Query = z.string().trim().min(1).max(2_000).refine(hasNoNul, NUL);

/** What somebody says of a thing beside its text. */
export const Metadata = z.record(z.string().min(1).max(100), z.json()).refine(hasNoNul, NUL);
export type Metadata = z.output<typeof Metadata>;

/** Characters of it, as JSON. */
export const MOST_METADATA = 16_384;
export const metadataFits = (value: Metadata): boolean => JSON.stringify(value).length <= MOST_METADATA;
/** The same as it is given. */
export const GivenMetadata = Metadata.refine(metadataFits, `${MOST_METADATA} characters at most, as JSON`);

/** Who may see it. Somebody holds `user:` with their id, `team:` with the slug of each team they are in, `role:` with the key of each role. */
const AccessLabel = z
  .string()
  .regex(/^(user:[0-9a-f-]{36}|team:[a-z0-9][a-z0-9-]{0,62}|role:[a-z][a-z0-9_-]{0,62})$/, 'user:<id>, team:<slug> or role:<key>')
  .meta({ examples: ['team:network'] });
export const accessLabels = z
  .array(AccessLabel)
  .max(50)
  .meta({ title: 'Who may see it', help: 'Holders of one of these and owners of the tenant; everybody with the permission when empty' });
