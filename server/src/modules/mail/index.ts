import { defineModule } from '#kernel/module.ts';

/** Mails on their way out: sealed, queued with what they announce, retried, and kept from addresses that do not exist. It has no operations. */
export const mail = defineModule({
  name: 'mail',
  after: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [],
  events: {
    'mail.sent': 'A mail that somebody waits to hear of was handed to a mail server',
    'mail.delayed': 'A mail could not be handed over yet and is tried again',
    'mail.failed': 'A mail was given up, or its address takes none',
  },
});
