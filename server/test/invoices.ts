import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';

/** Something of the module billing, for tests of who may give whom what. */
const invoicesList = defineOperation({
  name: 'invoices.list',
  summary: 'List invoices',
  permission: 'invoices:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(z.string()), nextCursor: z.null() }),
  targets: 'none',
  run: async () => ({ items: [], nextCursor: null }),
});

export const invoiceModule = defineModule({ name: 'invoices', operations: [invoicesList] });
