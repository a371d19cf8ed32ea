import { TriangleAlert } from 'lucide-react';
import type { NewApiKey } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Time } from '#ui/time.tsx';

export interface ShownKeyProps {
  made: NewApiKey;
  /** Until when the key it replaces goes on working. */
  predecessorEndsAt?: string;
  onClose: () => void;
}
/** Shown once: the server keeps only a hash. Closing needs the button, so that a stray click does not lose the key. */
export const ShownKey = ({ made, predecessorEndsAt, onClose }: ShownKeyProps) => (
  <Dialog
    open
    onOpenChange={() => undefined}
    title={t('keys.made.title', { name: made.name })}
    footer={
      <Button variant="primary" onClick={onClose}>
        {t('keys.made.done')}
      </Button>
    }
  >
    <div className="flex flex-col gap-3">
      <p className="flex gap-2 rounded-md bg-warn-wash px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {t('keys.made.once')}
      </p>
      <CodeBlock wrap label={t('keys.column.key')} code={made.key} />
      {predecessorEndsAt && (
        <p className="text-ink-2">
          {t('keys.rotate.overlap')} <Time at={predecessorEndsAt} />
        </p>
      )}
      <p className="text-ink-2">{t('keys.made.use')}</p>
      <CodeBlock label="curl" code={`curl -H "Authorization: Bearer ${made.key}" \\\n  ${location.origin}/api/v1/me`} />
    </div>
  </Dialog>
);
