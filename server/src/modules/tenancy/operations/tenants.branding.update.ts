import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { picture, type Kind } from '../branding/image.ts';
import { contrast, LEAST_CONTRAST, standsOut } from '../branding/rules.ts';
import { branding, Branding, color, httpsLink } from '../branding/schemas.ts';
import { readBranding, requireBranding, writeBranding, type BrandingRow } from '../branding/store.ts';
import { requireSeen } from '../own.ts';
import { tenantId } from '../schemas.ts';

const text = (title: string, max: number) =>
  z.string().trim().max(max).regex(/^[^\p{Cc}]*$/u, 'No control characters').nullable().optional().meta({ title }); // prettier-ignore
const image = (title: string) => z.base64().max(3_000_000).nullable().optional().meta({ title, help: 'PNG, JPEG or WebP in base64; null takes it away', widget: 'hidden' }); // prettier-ignore
const input = z.object({
  id: tenantId,
  primaryColor: color.nullable().optional(),
  loginText: z.string().trim().max(500).nullable().optional().meta({ title: 'Text on the sign-in page', widget: 'textarea' }),
  mailSenderName: text('Name that mails come from', 80),
  supportLink: httpsLink.nullable().optional().meta({ title: 'Link to your support' }),
  logo: image('Logo'),
  icon: image('Icon'),
  version: z.int().optional().meta({ title: 'Version', help: 'The one you have seen', widget: 'hidden' }),
});
type Wish = z.output<typeof input>;

const TEXTS = ['primaryColor', 'loginText', 'mailSenderName', 'supportLink'] as const;
const changedTexts = (row: BrandingRow, wish: Wish) => TEXTS.filter((field) => wish[field] !== undefined && wish[field] !== row[field]);

function requireReadable(chosen: string | null | undefined): void {
  if (chosen === null || chosen === undefined || standsOut(chosen)) return;
  throw new Problem('color-contrast', `${chosen} has a contrast of ${contrast(chosen, '#ffffff').toFixed(2)} to 1 against white; ${LEAST_CONTRAST} to 1 is the least.`, {
    errors: [{ pointer: '/primaryColor', message: 'Choose a darker colour' }],
  }); // prettier-ignore
}

async function pictureColumns(kind: Kind, base64: string | null | undefined) {
  if (base64 === undefined) return {};
  const found = base64 === null ? null : await picture(base64, kind);
  return kind === 'logo'
    ? { logo: found?.content ?? null, logoType: found?.mediaType ?? null }
    : { icon: found?.content ?? null, iconType: found?.mediaType ?? null };
}

export const tenantsBrandingUpdate = defineOperation({
  name: 'tenants.branding.update',
  summary: 'Change how a tenant presents itself',
  description: 'Colour, texts and pictures of the sign-in page and of mails. Pictures are drawn anew. What is left out stays.',
  permission: 'branding:write',
  risk: 'write',
  route: { method: 'PUT', path: '/tenants/{id}/branding' },
  bodyLimit: 7_000_000,
  tenantField: 'id',
  input,
  output: Branding,
  targets: 'none',
  async plan(ctx, wish) {
    await requireBranding(ctx);
    const row = await readBranding(ctx);
    requireSeen('The branding', row.version, ctx, wish.version);
    requireReadable(wish.primaryColor);
    const pictures = (['logo', 'icon'] as const).filter((kind) => wish[kind] !== undefined);
    const fields = changedTexts(row, wish).map((path) => ({ path, before: row[path], after: wish[path] ?? null }));
    const changed = [...fields.map(({ path }) => path), ...pictures];
    return {
      summary: `Change ${changed.join(', ') || 'nothing'} of the branding`,
      changes: [{ action: changed.length > 0 ? 'update' : 'none', type: 'branding', id: wish.id, name: 'Branding', fields }],
      observed: { branding: String(row.version) },
      reversible: 'Change it back.',
    };
  },
  async run(ctx, wish) {
    const row = await readBranding(ctx, true);
    requireSeen('The branding', row.version, ctx, wish.version);
    const texts = Object.fromEntries(changedTexts(row, wish).map((field) => [field, wish[field]]));
    return branding(
      await writeBranding(ctx, { ...texts, ...(await pictureColumns('logo', wish.logo)), ...(await pictureColumns('icon', wish.icon)) }),
    );
  },
});
