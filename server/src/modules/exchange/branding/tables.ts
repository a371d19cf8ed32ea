import { customType, integer, text } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const brandings = tenantTable('exchange_branding', {
  name: text('name'),
  shortName: text('short_name'),
  supportUrl: text('support_url'),
  footerText: text('footer_text'),
  footerUrl: text('footer_url'),
  accent: text('accent'),
  accentDark: text('accent_dark'),
  logo: bytes('logo'),
  logoType: text('logo_type'),
  version: integer('version').notNull().default(1),
});
export type BrandingRow = Omit<typeof brandings.$inferSelect, 'logo'>;
