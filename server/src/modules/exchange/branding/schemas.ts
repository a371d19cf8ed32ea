import { z } from 'zod';

const line = (title: string, most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'No control characters')
    .nullable()
    .meta({ title });
const link = (title: string) =>
  z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable()
    .meta({ title, examples: ['https://ix.example/'] });
const color = (title: string, help: string) =>
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'A colour such as #0055aa')
    .transform((text) => text.toLowerCase())
    .nullable()
    .meta({ title, help, widget: 'color' });

export const brandingFields = {
  name: line('Name', 100),
  shortName: line('Short name', 24),
  supportUrl: link('Link to your support'),
  footerText: line('Text at the foot of pages', 200),
  footerUrl: link('Where that text leads'),
  accent: color('Colour of links', 'On light pages: 4.5 to 1 or more against them'),
  accentDark: color('Colour of links, dark', 'On dark pages: 4.5 to 1 or more against them'),
} as const;

/** Where anybody can fetch the logo of an exchange; with the version, so that a browser may keep it. */
export const logoUrl = (tenantId: string, version: number): string => `/api/v1/public/exchanges/${tenantId}/logo?v=${version}`;

const shown = {
  name: z.string().nullable(),
  shortName: z.string().nullable(),
  supportUrl: z.string().nullable(),
  footerText: z.string().nullable(),
  footerUrl: z.string().nullable(),
  accent: z.string().nullable(),
  accentDark: z.string().nullable(),
} as const;
export const Branding = z
  .object({
    ...shown,
    logoUrl: z.string().nullable().meta({ help: 'Of the exchange itself; null where that of the tenant is shown' }),
    version: z.int().meta({ help: '0 while nothing was ever said' }),
  })
  .meta({ id: 'ExchangeBranding' });
export const Face = z
  .object({
    ...shown,
    name: z.string().meta({ help: 'That of the tenant where the exchange has none' }),
    logoUrl: z.string().nullable().meta({ help: 'That of the tenant where the exchange has none' }),
    hasMembers: z.boolean().meta({ help: 'Members of a fabric are shown to the world' }),
    hasGlass: z.boolean().meta({ help: 'The looking glass of a fabric is' }),
  })
  .meta({ id: 'ExchangeFace' });
