import { integer, text } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';

export const brandings = tenantTable('exchange_branding', {
  name: text('name'),
  shortName: text('short_name'),
  supportUrl: text('support_url'),
  footerText: text('footer_text'),
  footerUrl: text('footer_url'),
  accent: text('accent'),
  accentDark: text('accent_dark'),
  version: integer('version').notNull().default(1),
});
export type BrandingRow = typeof brandings.$inferSelect;
