import type { Money } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import type { Catalog, Image, Size } from './providers/port.ts';

const SOON_MS = 90 * 86_400_000;

const euros = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;
const over = (endsAt: string | null, now: Date): boolean => endsAt !== null && Date.parse(endsAt) <= now.getTime();
const priced = (size: Size) => ({ size: size.id, vcpus: size.vcpus, memoryMb: size.memoryMb, regions: size.regions, monthly: size.monthly });

/** What else could be ordered here, nearest in price first. */
export function alternativesTo(catalog: Catalog, wanted: Size | undefined, region: string, now: Date): ReturnType<typeof priced>[] {
  return catalog.sizes
    .filter(
      (size) =>
        size.id !== wanted?.id && size.regions.includes(region) && !over(size.endsAt, now) && (!wanted || size.architecture === wanted.architecture),
    )
    .toSorted((a, b) => Math.abs(a.monthly.amount - (wanted?.monthly.amount ?? 0)) - Math.abs(b.monthly.amount - (wanted?.monthly.amount ?? 0)))
    .slice(0, 4)
    .map(priced);
}

/** The size, if it is sold there now. Throws `size-unavailable` with alternatives and their prices. */
export function sizeFor(catalog: Catalog, id: string, region: string, now: Date): Size {
  const size = catalog.sizes.find((each) => each.id === id);
  if (size && size.regions.includes(region) && !over(size.endsAt, now)) return size;
  const alternatives = alternativesTo(catalog, size, region, now);
  const why = !size
    ? 'does not exist'
    : size.regions.includes(region)
      ? `has not been sold since ${size.endsAt!.slice(0, 10)}`
      : `is not sold in ${region}`;
  const list = alternatives.map((each) => `${each.size} (${euros(each.monthly)})`).join(', ');
  throw new Problem('size-unavailable', `Size "${id.slice(0, 63)}" ${why}. Available in ${region}: ${list || 'nothing'}.`, {
    alternatives,
    errors: [{ pointer: '/size', message: why }],
  });
}

export function requireRegion(catalog: Catalog, region: string, zone: string | undefined): void {
  const found = catalog.regions.find(({ id }) => id === region);
  const alternatives = found ? found.zones : catalog.regions.map(({ id }) => id);
  if (found && (zone === undefined || found.zones.includes(zone))) return;
  const [what, pointer] = found ? [`zone "${zone?.slice(0, 63)}" in ${region}`, '/zone'] : [`region "${region.slice(0, 63)}"`, '/region'];
  throw new Problem('region-unavailable', `The connection has no ${what}. Choose one of: ${alternatives.join(', ')}.`, {
    alternatives,
    errors: [{ pointer, message: 'not offered' }],
  });
}

/** The image, if it is offered and runs on the size. */
export function imageFor(catalog: Catalog, id: string, size: Size, now: Date): Image {
  const image = catalog.images.find((each) => each.id === id);
  if (!image || over(image.endsAt, now)) {
    const alternatives = catalog.images.filter((each) => each.architecture === size.architecture && !over(each.endsAt, now)).map((each) => each.id);
    throw new Problem('image-not-found', `Image "${id.slice(0, 63)}" is not offered. Choose one of: ${alternatives.join(', ')}.`, {
      alternatives,
      errors: [{ pointer: '/image', message: 'not offered' }],
    });
  }
  if (image.architecture !== size.architecture) {
    throw new Problem(
      'architecture-mismatch',
      `Image ${image.id} is for ${image.architecture} and size ${size.id} is ${size.architecture}. Choose an image for ${size.architecture}, or another size.`,
      {
        errors: [{ pointer: '/image', message: `is for ${image.architecture}` }],
      },
    );
  }
  if (size.diskGb < image.minDiskGb) {
    throw new Problem(
      'disk-too-small',
      `Image ${image.id} needs a disk of ${image.minDiskGb} GB and ${size.id} has ${size.diskGb}. Choose a larger size.`,
      { errors: [{ pointer: '/size', message: 'disk too small' }] },
    );
  }
  return image;
}

/** What is sold today but not for long. */
export function endsSoon(kind: 'size' | 'image', { id, endsAt }: Size | Image, now: Date): string[] {
  if (endsAt === null || Date.parse(endsAt) - now.getTime() > SOON_MS) return [];
  return [`The ${kind} ${id} will be withdrawn on ${endsAt.slice(0, 10)}; what runs on it goes on, but it cannot be ordered again.`];
}
