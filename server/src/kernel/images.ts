import type Sharp from 'sharp';

/**
 * What may be opened at all. Formats with scripts, references or interpreters behind them are not even tried, whatever a file claims to be.
 */
const OPENED = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}Buffer`);

async function load(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: OPENED });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
let loaded: Promise<typeof Sharp> | undefined;

/** What draws images anew: JPEG, PNG, WebP and GIF. Read with the first image, since a process that never sees one begins sooner without. */
export const imaging = (): Promise<typeof Sharp> => (loaded ??= load());
