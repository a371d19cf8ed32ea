import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Tooltip } from './tooltip.tsx';

/** Puts `text` on the clipboard and says so, to the eye and to screen readers. */
export function CopyButton({ text, label, className }: { text: string; label?: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const words = copied ? t('action.copied') : (label ?? t('action.copy'));
  return (
    <Tooltip text={words}>
      <button
        type="button"
        aria-label={label ?? t('action.copy')}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        className={cx('grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-9', className)}
      >
        {copied ? <Check aria-hidden className="size-3.5 text-good" /> : <Copy aria-hidden className="size-3.5" />}
        <span role="status" className="sr-only">
          {copied ? t('action.copied') : ''}
        </span>
      </button>
    </Tooltip>
  );
}
