import type { Item } from '#lib/answers.ts';

export type Variable = Item<'envVars.list'>;
