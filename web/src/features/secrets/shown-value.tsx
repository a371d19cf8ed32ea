import { TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';

/** A value that the server made, shown this once. Closing needs the button, so that a stray click does not lose it. */
export const ShownValue = ({ name, value, onClose }: { name: string; value: string; onClose: () => void }) => (
  <Dialog
    open
    onOpenChange={() => undefined}
    title={t('secrets.made.title', { name })}
    footer={
      <Button variant="primary" onClick={onClose}>
        {t('secrets.made.done')}
      </Button>
    }
  >
    <div className="flex flex-col gap-3">
      <p className="flex gap-2 rounded-md bg-warn-wash px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {t('secrets.made.once')}
      </p>
      <CodeBlock wrap label={t('secrets.value')} code={value} />
      <p className="text-ink-2">{t('secrets.made.use')}</p>
      <CodeBlock label={t('secrets.reference')} code={`secret://${name}`} />
    </div>
  </Dialog>
);
