import type { operations } from '@switchyard/sdk';

type Responses<Name extends keyof operations> = operations[Name]['responses'];

/** What an operation answers, from the server's own generated description; 200 unless said otherwise. */
export type Answer<
  Name extends keyof operations,
  Status extends keyof Responses<Name> = 200 & keyof Responses<Name>,
> = Responses<Name>[Status] extends { content: { 'application/json': infer Body } } ? Body : never;

/** One line of what a list answers. */
export type Item<Name extends keyof operations> = Answer<Name> extends { items: (infer One)[] } ? One : never;
