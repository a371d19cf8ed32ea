import type { Answer, Item } from '#lib/answers.ts';

export type Secret = Item<'secrets.list'>;
export type SecretDetail = Answer<'secrets.get'>;
/** With the value that was generated, the one time that it is shown. */
export type SecretOnce = Answer<'secrets.create', 201>;
export type SecretVersion = Item<'secrets.versions'>;
export type AccessEntry = Item<'secrets.accessLog'>;
export type Reference = SecretDetail['references'][number];
