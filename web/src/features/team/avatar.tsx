import { cx } from '#lib/cx.ts';

const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
};

/** A person's picture or initials; the name stands beside it. */
export const Avatar = ({ name, url, className }: { name: string; url: string | null; className?: string }) =>
  url ? (
    <img src={url} alt="" loading="lazy" className={cx('size-7 shrink-0 rounded-full border border-line object-cover', className)} />
  ) : (
    <span
      aria-hidden
      className={cx('grid size-7 shrink-0 place-items-center rounded-full bg-accent-wash text-2xs font-semibold text-accent', className)}
    >
      {initials(name)}
    </span>
  );
