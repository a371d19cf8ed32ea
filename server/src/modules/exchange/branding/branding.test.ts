import { afterAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { imaging } from '#kernel/images.ts';
import { joiningLab } from '#test/joining.ts';
import { exchangeBrandingLogo } from './operations/exchange.branding.logo.ts';
import { exchangeBrandingRemoveLogo } from './operations/exchange.branding.removeLogo.ts';
import { exchangeBrandingShow } from './operations/exchange.branding.show.ts';
import { exchangeBrandingUpdate } from './operations/exchange.branding.update.ts';
import { exchangeBrandingUpload } from './operations/exchange.branding.upload.ts';

const { world, gustav, peer, close } = await joiningLab();
afterAll(close);
const petra = await peer('petra', 'peeringdb', [20_001]);
const [other, own] = [world.tenants.a, world.tenants.b];
const asPlatform = (query: ReturnType<typeof sql>) => world.databases.platform('test', (db) => db.execute(query));
const shown = async (): Promise<string | null> => {
  const passed = await world.call(exchangeBrandingShow, { tenant: 'logo-ix' }, null);
  return (passed as { output: { face: { logoUrl: string | null } } }).output.face.logoUrl;
};
const fetched = (id = own) => world.call(exchangeBrandingLogo, { id }, null);
const TENANTS = `/api/v1/public/tenants/${own}/logo?v=1`;

test('a logo of the exchange stands in for that of the organisation, drawn anew, until it is taken away or the organisation is closed', async () => {
  await asPlatform(sql`insert into tenants (tenant_id, id, slug, name) values (${own}, ${own}, 'logo-ix', 'Gustav')`);
  await asPlatform(sql`insert into tenant_branding (tenant_id, id, logo, logo_type) values (${own}, ${own}, 'x', 'image/webp')`);
  await world.done(exchangeBrandingUpdate, { name: 'Gustav Exchange' }, gustav);
  expect(await shown()).toBe(TENANTS);
  await expect(fetched()).rejects.toMatchObject({ slug: 'not-found' });
  const sharp = await imaging();
  const large = sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#0b5394' } });
  const file = (await large.withExif({ IFD0: { Artist: 'Somebody' } }).png().toBuffer()).toString('base64'); // prettier-ignore
  const { version, logoUrl } = await world.done(exchangeBrandingUpload, { file }, gustav);
  expect([version, logoUrl, await shown()]).toEqual([2, `/api/v1/public/exchanges/${own}/logo?v=2`, logoUrl]);
  const { content, mediaType } = ((await fetched()) as { output: { content: string; mediaType: string } }).output;
  const bytes = Buffer.from(content, 'base64');
  expect([mediaType, await sharp(bytes).metadata()]).toEqual(['image/webp', expect.objectContaining({ format: 'webp', width: 480, height: 240 })]);
  expect(bytes.toString('latin1')).not.toContain('Somebody');
  await expect(fetched(other)).rejects.toMatchObject({ slug: 'not-found' });
  await asPlatform(sql`update tenants set status = 'suspended' where id = ${own}`);
  await expect(fetched()).rejects.toMatchObject({ slug: 'not-found' });
  await asPlatform(sql`update tenants set status = 'active' where id = ${own}`);
  expect((await world.refused(exchangeBrandingRemoveLogo, {}, gustav, { ifMatch: '1' })).slug).toBe('version-conflict');
  expect(await world.done(exchangeBrandingRemoveLogo, {}, gustav)).toMatchObject({ name: 'Gustav Exchange', logoUrl: null, version: 3 });
  // It is gone already: nothing is changed.
  expect(await world.done(exchangeBrandingRemoveLogo, {}, gustav)).toMatchObject({ logoUrl: null, version: 3 });
  expect(await shown()).toBe(TENANTS);
});

test('what is no image is refused, and so is whoever may not change the exchange', async () => {
  for (const bad of ['hello', '<svg xmlns="http://www.w3.org/2000/svg"/>'])
    expect((await world.refused(exchangeBrandingUpload, { file: Buffer.from(bad).toString('base64') }, gustav)).slug).toBe('image-invalid');
  expect((await world.refused(exchangeBrandingUpload, { file: 'not base64!' }, gustav)).slug).toBe('validation-failed');
  for (const [operation, input] of [[exchangeBrandingUpload, { file: 'aGVsbG8=' }], [exchangeBrandingRemoveLogo, {}]] as const)
    expect((await world.refused(operation, input, petra)).slug).toBe('permission-denied');
}); // prettier-ignore
