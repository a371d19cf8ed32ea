import { z } from 'zod';
import type { tenantBranding } from '../tables.ts';
import { textOn } from './rules.ts';

export const color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'A colour such as #0055aa')
  .transform((text) => text.toLowerCase())
  .meta({ title: 'Colour', widget: 'color', examples: ['#0055aa'] });
export const httpsLink = z.url({ protocol: /^https$/ }).max(500);

export const Branding = z.object({
  logoUrl: z.string().nullable(),
  iconUrl: z.string().nullable(),
  primaryColor: z.string().nullable(),
  textColor: z.string().nullable().meta({ help: 'Of text on the colour' }),
  loginText: z.string().nullable(),
  mailSenderName: z.string().nullable(),
  supportLink: z.string().nullable(),
  version: z.int(),
});

/** Where anybody can fetch a tenant's picture; with the version, so that a browser may keep it. */
export const pictureUrl = (tenantId: string, kind: 'logo' | 'icon', version: number): string =>
  `/api/v1/public/tenants/${tenantId}/${kind}?v=${version}`;

export const branding = (row: Omit<typeof tenantBranding.$inferSelect, 'logo' | 'icon'>): z.input<typeof Branding> => ({
  logoUrl: row.logoType ? pictureUrl(row.tenantId, 'logo', row.version) : null,
  iconUrl: row.iconType ? pictureUrl(row.tenantId, 'icon', row.version) : null,
  primaryColor: row.primaryColor,
  textColor: row.primaryColor ? textOn(row.primaryColor) : null,
  loginText: row.loginText,
  mailSenderName: row.mailSenderName,
  supportLink: row.supportLink,
  version: row.version,
});
