import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { MAX_BYTES, redrawn, SIDE } from './picture.ts';
import './problems.ts';

const slugOf = (bytes: Buffer | string): Promise<string> =>
  redrawn(Buffer.from(bytes as string)).then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore

const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#336699' } });

/** A PNG of so many pixels in a few bytes: one colour compresses well. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 4096) * (Math.ceil(width / 8) + 1)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('a picture is drawn anew', () => {
  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('from %s, as WebP of 512 pixels each way', async (format) => {
    const drawn = await redrawn(await plain(900, 300).toFormat(format).toBuffer());
    const { format: stored, width, height, pages } = await sharp(drawn).metadata();
    expect([stored, width, height, pages ?? 1]).toEqual(['webp', SIDE, SIDE, 1]);
  });

  test('small ones grow, and it stands upright without the note that says so', async () => {
    const lying = await plain(20, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { orientation, width, height } = await sharp(await redrawn(lying)).metadata();
    expect([orientation, width, height]).toEqual([undefined, SIDE, SIDE]);
  });

  test('nothing of where, when and with what it was taken is left', async () => {
    const exif = { IFD0: { Artist: 'Ada Lovelace', Copyright: 'secret place' }, IFD3: { GPSLatitude: '48/1 12/1 0/1' } };
    const taken = await plain(64, 64).jpeg().withExif(exif).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- canary --></x:xmpmeta>').toBuffer();
    expect(taken.includes('Ada Lovelace')).toBe(true);
    const drawn = await redrawn(taken);
    const { exif: left, xmp, iptc, icc } = await sharp(drawn).metadata();
    expect([left, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined]);
    for (const canary of ['Ada Lovelace', 'secret place', 'canary']) expect(drawn.includes(canary)).toBe(false);
  });

  test('what follows the picture in the file is gone: no page or script hides behind it', async () => {
    const tail = '<html><script>alert(1)</script></html>';
    const drawn = await redrawn(Buffer.concat([await plain(64, 64).gif().toBuffer(), Buffer.from(tail)]));
    expect(drawn.includes('script')).toBe(false);
  });

  test('of a moving picture one frame is kept', async () => {
    const frames = Buffer.concat([Buffer.alloc(32 * 32 * 3, 10), Buffer.alloc(32 * 32 * 3, 200)]);
    const moving = await sharp(frames, { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } })
      .gif({ loop: 0 })
      .toBuffer();
    expect((await sharp(moving, { animated: true }).metadata()).pages).toBe(2);
    expect((await sharp(await redrawn(moving), { animated: true }).metadata()).pages ?? 1).toBe(1);
  });
});

describe('refused is', () => {
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an SVG that calls itself XML', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['a PDF', '%PDF-1.7\n1 0 obj'],
    ['a program', 'MZ\x90\0'],
    ['a TIFF', 'II*\0\x08\0\0\0'],
    ['the beginning of a PNG', '\x89PNG\r\n\x1a\n'],
    ['the beginning of a GIF', 'GIF89a'],
    ['a RIFF that is no WebP', 'RIFF\x24\0\0\0WAVEfmt '],
  ])('%s', async (_what, text) => {
    expect(await slugOf(Buffer.from(text, 'latin1'))).toBe('avatar-invalid');
  });

  test('a PNG that goes on as an SVG', async () => {
    expect(await slugOf(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('<svg><script/></svg>')]))).toBe('avatar-invalid');
  });

  test('a picture that was cut short', async () => {
    const whole = await plain(400, 400).png({ compressionLevel: 0 }).toBuffer();
    expect(await slugOf(whole.subarray(0, whole.length / 2))).toBe('avatar-invalid');
  });

  test('one of more than 5 MiB, before anything looks at it', async () => {
    expect(await slugOf(Buffer.alloc(MAX_BYTES + 1))).toBe('avatar-invalid');
  });

  test('a bomb: many pixels in a small file', async () => {
    const small = bomb(20_000, 20_000);
    expect(small.length).toBeLessThan(64 * 1024);
    expect(await slugOf(small)).toBe('avatar-invalid');
    expect(await slugOf(bomb(2_000, 2_000))).toBe('done'); // the same, of a size that can be
  });
});
