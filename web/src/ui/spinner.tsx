import { LoaderCircle } from 'lucide-react';
import { cx } from '#lib/cx.ts';

/** Something is under way; say what in text beside it. */
export const Spinner = ({ className }: { className?: string }) => <LoaderCircle aria-hidden className={cx('size-3.5 animate-spin', className)} />;
