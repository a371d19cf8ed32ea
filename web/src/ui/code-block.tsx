import { cx } from '#lib/cx.ts';
import { CopyButton } from './copy-button.tsx';

/** Text for a machine, with a button to take it along. Focusable, so that keyboards can scroll it. */
export const CodeBlock = ({ code, label, wrap, className }: { code: string; label: string; wrap?: boolean; className?: string }) => (
  <div className={cx('group relative rounded-md border border-line bg-sunken', className)}>
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className={cx('max-h-96 overflow-auto py-2 ps-3 pe-10 text-xs leading-5', wrap && 'whitespace-pre-wrap [overflow-wrap:anywhere]')}
    >
      <code>{code}</code>
    </pre>
    <CopyButton text={code} className="absolute end-1 top-1 bg-sunken" />
  </div>
);
