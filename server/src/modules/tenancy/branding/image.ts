import { imaging } from '#kernel/images.ts';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_PIXELS = 4_096 * 4_096;
/** What the bytes themselves say, whatever they are called. Drawings (SVG) are programs, so they are not read. */
const READ = new Set(['png', 'jpeg', 'webp']);

export type Kind = 'logo' | 'icon';
export interface Picture {
  content: Buffer;
  mediaType: string;
}

const refused = (detail: string): Problem => new Problem('image-invalid', detail);

async function recoded(sharp: Awaited<ReturnType<typeof imaging>>, bytes: Buffer, kind: Kind): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 });
  const { format } = await image.metadata();
  if (!READ.has(format ?? '')) throw refused('The file is no PNG, JPEG or WebP image.');
  const upright = image.rotate();
  if (kind === 'icon')
    return upright
      .resize(128, 128, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png({ compressionLevel: 9 })
      .toBuffer();
  return upright.resize(640, 240, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 90 }).toBuffer();
}

/** An image drawn anew, so that nothing of the file that came is passed on: no metadata, no second format behind the first. Throws `image-invalid`. */
export async function picture(base64: string, kind: Kind): Promise<Picture> {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > MOST_BYTES) throw refused('The file is empty or larger than 2 MiB.');
  // That this server cannot draw images is not the fault of the one that came.
  const sharp = await imaging();
  const content = await recoded(sharp, bytes, kind).catch((error: unknown) => {
    throw error instanceof Problem ? error : refused('The file cannot be read as an image.');
  });
  return { content, mediaType: kind === 'icon' ? 'image/png' : 'image/webp' };
}
