import { TriangleAlert } from 'lucide-react';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';
import type { FreshWebhook } from './api.ts';

const verifying = (): string =>
  [
    `import { verifyWebhook } from '@switchyard/sdk';`,
    ``,
    `const { id, event } = await verifyWebhook({`,
    `  payload: rawBody, headers: request.headers,`,
    `  secret: process.env.SWITCHYARD_WEBHOOK_SECRET,`,
    `});`,
  ].join('\n');

/** The signing secret, shown this once. Nothing but its own button closes it. */
export const ShownSecret = ({ webhook, onClose }: { webhook: FreshWebhook; onClose: () => void }) => (
  <Dialog
    open
    onOpenChange={() => undefined}
    title={t('webhooks.secret.of', { name: webhook.name })}
    footer={
      <Button variant="primary" onClick={onClose}>
        {t('webhooks.secret.done')}
      </Button>
    }
  >
    <div className="flex flex-col gap-3">
      <p className="flex gap-2 rounded-md bg-warn-wash px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {t('webhooks.secret.once')}
      </p>
      <CodeBlock wrap label={t('webhooks.secret')} code={webhook.secret} />
      {webhook.previousSecretUntil && (
        <p className="text-ink-2">{t('webhooks.secret.overlap', { until: absoluteTime(webhook.previousSecretUntil) })}</p>
      )}
      <p className="text-ink-2">{t('webhooks.secret.use')}</p>
      <CodeBlock label={t('webhooks.secret.code')} code={verifying()} />
    </div>
  </Dialog>
);
