import type { Answer, Item } from '#lib/answers.ts';

export type AuditStream = Item<'audit.streams.list'>;
/** With the secret that signs, which is shown this once. */
export type FreshStream = Answer<'audit.streams.create', 201>;
export const TOUCHED = ['/audit/streams'];
