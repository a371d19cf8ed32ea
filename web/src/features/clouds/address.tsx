import { cx } from '#lib/cx.ts';
import { CopyButton } from '#ui/copy-button.tsx';

/** An IP address with the means to take it along. */
export const Address = ({ value, className }: { value: string; className?: string }) => (
  <span className={cx('group/address inline-flex min-w-0 items-center gap-0.5', className)}>
    <code className="text-xs whitespace-nowrap">{value}</code>
    <CopyButton
      text={value}
      className="opacity-0 group-hover/address:opacity-100 focus-visible:opacity-100 in-focus-within:opacity-100 pointer-coarse:opacity-100"
    />
  </span>
);
