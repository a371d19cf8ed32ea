import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { heading } from './browser.ts';
import { pressByKey } from './keyboard.ts';
import { lookAround, lookOnce } from './looks.ts';

interface Windows {
  /** Of whoever runs the exchange, on its page. */
  desk: Page;
  /** Of somebody who has not signed in. */
  world: Page;
  /** Where the world sees who is on the exchange. */
  members: string;
}

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};
/** Four bars in a PNG of 160 by 48 pixels, without a program that draws (PNG, third edition, 5 and 11.2). */
function drawing(): Buffer {
  const [width, height] = [160, 48];
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: width }, (_, x) => (x % 40 < 24 ? Buffer.of(11, 83, 148) : Buffer.of(255, 255, 255)))]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))), chunk('IEND', Buffer.alloc(0))]);
} // prettier-ignore

const ownLogo = 'img[src*="/public/exchanges/"]';
/** It is there, and it can be drawn. */
const isDrawn = (page: Page, selector: string): Promise<unknown> =>
  page.waitForFunction((wanted) => (document.querySelector<HTMLImageElement>(wanted)?.naturalWidth ?? 0) > 0, selector);

/** A logo of the exchange's own, and its words, by the keyboard; the world sees both, and the logo is gone again once it is taken away. */
export async function brandedByKey({ desk, world, members }: Windows): Promise<void> {
  await desk.getByRole('link', { name: 'Branding', exact: true }).press('Enter');
  await heading(desk, 'Branding').waitFor();
  const chosen = desk.waitForEvent('filechooser');
  await pressByKey(desk, /^Choose logo$/);
  await (await chosen).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: drawing() });
  await desk.getByRole('img', { name: 'Logo', exact: true }).waitFor();
  await isDrawn(desk, ownLogo);
  await lookAround(desk, 'exchange-branding');
  await pressByKey(desk, /^Change names, links and colours$/);
  const drawer = desk.getByRole('dialog').last();
  await drawer.getByLabel('Text at the foot of pages').fill('Run by those who meet there');
  await lookOnce(desk, 'exchange-branding-form');
  await drawer.getByRole('button', { name: 'Preview' }).press('Enter');
  await drawer.getByRole('button', { name: 'Apply now', exact: true }).press('Enter');
  await drawer.getByRole('button', { name: 'Close', exact: true }).last().press('Enter');
  await desk.getByText('Run by those who meet there').waitFor();
  await world.goto(members);
  await world.getByText('Run by those who meet there').waitFor();
  await isDrawn(world, ownLogo);
  await pressByKey(desk, /^Remove logo$/);
  await desk.getByRole('img', { name: 'Logo', exact: true }).waitFor({ state: 'detached' });
  await world.reload();
  await world.getByText('Run by those who meet there').waitFor();
  assert.equal(await world.locator(ownLogo).count(), 0, 'a logo that was taken away');
}
