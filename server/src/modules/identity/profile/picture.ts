import { imaging } from '#kernel/images.ts';
import { Problem } from '#kernel/problem.ts';
import { createLane } from '../sessions/lane.ts';

/** Pixels on each side of a stored picture. */
export const SIDE = 512;
export const MAX_BYTES = 5 * 1024 * 1024;
/** Decoded, forty million pixels are 160 MB; a bomb of a few kilobytes can hold a thousand times as many. */
const MAX_PIXELS = 40_000_000;
const AT_ONCE = 2;

const starts = (bytes: Buffer, text: string, offset = 0): boolean => bytes.toString('latin1', offset, offset + text.length) === text;

/** By content, never by name: what the first bytes say (WHATWG MIME Sniffing 6.1). */
const isPicture = (bytes: Buffer): boolean =>
  starts(bytes, '\xff\xd8\xff') ||
  starts(bytes, '\x89PNG\r\n\x1a\n') ||
  starts(bytes, 'GIF87a') ||
  starts(bytes, 'GIF89a') ||
  (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8));

const invalid = (why: string): Problem =>
  new Problem('avatar-invalid', `The picture cannot be used: ${why}.`, { errors: [{ pointer: '/image', message: why }] });

/** Decoding takes memory by the hundred megabytes, so that no more than two pictures are open at once. */
const inLane = createLane(AT_ONCE);

/**
 * A picture of ours, made from the pixels of somebody's file: square, upright, WebP, without metadata, without animation and without
 * anything else the file held. Throws `avatar-invalid`, or `dependency-unavailable` when too many wait.
 */
export async function redrawn(bytes: Buffer): Promise<Buffer> {
  if (bytes.length > MAX_BYTES) throw invalid('it is larger than 5 MiB');
  if (!isPicture(bytes)) throw invalid('it is not a JPEG, PNG, WebP or GIF');
  const sharp = await imaging();
  return inLane(() =>
    sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .rotate()
      .resize(SIDE, SIDE, { fit: 'cover' })
      .webp({ quality: 85 })
      .timeout({ seconds: 10 })
      .toBuffer()
      .catch(() => {
        throw invalid('it is broken, or has more than 40 million pixels');
      }),
  );
}
