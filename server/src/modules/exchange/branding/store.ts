import type { z } from 'zod';
import { and, eq, getTableColumns, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Context, ReadContext } from '#kernel/context.ts';
import type { Place } from '../find.ts';
import { fabrics } from '../tables.ts';
import './problems.ts';
import { ACCENTS, contrastOf, LEAST_CONTRAST } from './rules.ts';
import type { Picture } from './port.ts';
import { logoUrl, type Branding, type brandingFields, type Face } from './schemas.ts';
import { brandings, type BrandingRow } from './tables.ts';

export type Wish = { [Field in keyof typeof brandingFields]?: z.output<(typeof brandingFields)[Field]> | undefined };

const { logo: _logo, ...withoutLogo } = getTableColumns(brandings);

export async function brandingOf({ db, tenantId }: Place): Promise<BrandingRow | undefined> {
  const [row] = await db.select(withoutLogo).from(brandings).where(eq(brandings.tenantId, tenantId));
  return row;
}

const NOTHING: z.input<typeof Branding> = { name: null, shortName: null, supportUrl: null, footerText: null, footerUrl: null, accent: null, accentDark: null, logoUrl: null, version: 0 }; // prettier-ignore
export function brandingView(row: BrandingRow | undefined): z.input<typeof Branding> {
  if (!row) return NOTHING;
  const { name, shortName, supportUrl, footerText, footerUrl, accent, accentDark, version } = row;
  const ownLogo = row.logoType === null ? null : logoUrl(row.tenantId, version);
  return { name, shortName, supportUrl, footerText, footerUrl, accent, accentDark, logoUrl: ownLogo, version };
}

/** Colours that not everybody could read are refused, with how far they are from it. */
export function requireReadable(wish: Wish): void {
  for (const accent of ACCENTS) {
    const color = wish[accent];
    if (color === undefined || color === null || contrastOf(accent, color) >= LEAST_CONTRAST) continue;
    const [page, better] = accent === 'accent' ? ['light', 'darker'] : ['dark', 'lighter'];
    throw new Problem('exchange-color-contrast', `${color} has a contrast of ${contrastOf(accent, color).toFixed(2)} to 1 against ${page} pages; ${LEAST_CONTRAST} to 1 is the least.`, { errors: [{ pointer: `/${accent}`, message: `Choose a ${better} colour` }] }); // prettier-ignore
  }
}

export function requireSeen(version: number, ctx: ReadContext): void {
  const seen = (ctx as Partial<Context>).ifMatch;
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `The branding is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, { version }); // prettier-ignore
}

interface Logo {
  logo: Buffer | null;
  logoType: string | null;
}

/** Nothing is said of it until somebody does; two who are first write the same row. */
export async function writeBranding({ db, tenantId, now }: Context, wish: Wish & Partial<Logo>): Promise<BrandingRow> {
  const at = { updatedAt: now() };
  const [row] = await db
    .insert(brandings)
    .values({ tenantId, id: newId(), ...wish, ...at, createdAt: now() })
    .onConflictDoUpdate({ target: brandings.tenantId, set: { ...wish, ...at, version: sql`${brandings.version} + 1` } })
    .returning(withoutLogo);
  return row!;
}

/** The logo of the exchange itself. */
export async function logoOf({ db, tenantId }: Place): Promise<Picture | undefined> {
  const [row] = await db.select({ content: brandings.logo, mediaType: brandings.logoType }).from(brandings).where(eq(brandings.tenantId, tenantId));
  return row?.content && row.mediaType !== null ? { content: row.content, mediaType: row.mediaType } : undefined;
}

interface Tenant {
  name: string;
  logoUrl: string | null;
  supportUrl: string | null;
}
/** What the tenant says of itself stands in where the exchange says nothing. */
export async function faceOf(place: Place, tenant: Tenant): Promise<z.input<typeof Face> | undefined> {
  const { db, tenantId } = place;
  const row = await brandingOf(place);
  const published = and(eq(fabrics.tenantId, tenantId), eq(fabrics.published, true));
  const hasMembers = (await db.$count(fabrics, published)) > 0;
  if (!row && !hasMembers) return undefined;
  const hasGlass = hasMembers && (await db.$count(fabrics, and(published, eq(fabrics.lookingglassPublic, true)))) > 0;
  const { version: _version, ...said } = brandingView(row);
  return {
    ...said,
    name: said.name ?? tenant.name,
    supportUrl: said.supportUrl ?? tenant.supportUrl,
    logoUrl: said.logoUrl ?? tenant.logoUrl,
    hasMembers,
    hasGlass,
  };
}
