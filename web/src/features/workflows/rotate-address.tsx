import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { run } from '#lib/api.ts';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Dialog } from '#ui/dialog.tsx';
import type { Trigger } from './types.ts';

interface Fresh {
  /** Below the address of the installation, with the token in it. */
  path: string;
  oldTokenUntil: string | null;
}

/** The address with its token, shown this once. Nothing but its own button closes it. */
const Shown = ({ fresh, onClose }: { fresh: Fresh; onClose: () => void }) => {
  const url = new URL(fresh.path, location.origin).href;
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      title={t('workflows.address')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('webhooks.secret.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="flex gap-2 rounded-md bg-warn-wash px-3 py-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          {t('workflows.address.once')}
        </p>
        <CodeBlock wrap label={t('workflows.address')} code={url} />
        {fresh.oldTokenUntil && <p className="text-ink-2">{t('workflows.address.old', { until: absoluteTime(fresh.oldTokenUntil) })}</p>}
        <p className="text-ink-2">{t('workflows.address.try')}</p>
        <CodeBlock
          label={t('workflows.address.curl')}
          code={`curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' -d '{"hello":"world"}'`}
        />
      </div>
    </Dialog>
  );
};

/** Makes a new token; the one before works for a while, so that nobody is cut off. */
export function RotateAddress({ trigger, onClose }: { trigger: Trigger; onClose: () => void }) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const done = useRef(false);
  const [fresh, setFresh] = useState<Fresh | null>(null);
  const rotate = async (): Promise<void> => {
    const outcome = await run<Fresh>('POST', `/triggers/${trigger.id}/rotate-token`, { body: {} }, { idempotencyKey: key.current });
    if (outcome.status === 'done') {
      done.current = true;
      setFresh(outcome.output);
    }
    await client.invalidateQueries({ queryKey: ['/workflows'] });
  };
  if (fresh) return <Shown fresh={fresh} onClose={onClose} />;
  return (
    <Confirm
      open
      // It closes itself when the act is done; what follows is the address, which has a button of its own.
      onOpenChange={(open) => !open && !done.current && onClose()}
      title={t(trigger.hasToken ? 'workflows.address.rotate' : 'workflows.address.make')}
      action={t(trigger.hasToken ? 'workflows.address.rotate' : 'workflows.address.make')}
      onConfirm={rotate}
    >
      {t(trigger.hasToken ? 'workflows.address.rotate.text' : 'workflows.address.make.text')}
    </Confirm>
  );
}
