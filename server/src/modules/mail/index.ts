import { defineModule } from '#kernel/module.ts';

/** Mails on their way out: sealed, queued with what they announce, retried, and kept from addresses that do not exist. It has no operations. */
export const mail = defineModule({
  name: 'mail',
  after: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [],
});
