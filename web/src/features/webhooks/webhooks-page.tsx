import { useNavigate } from '@tanstack/react-router';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import type { FreshWebhook, Webhook } from './api.ts';
import { ShownSecret } from './shown-secret.tsx';
import { WebhookCompact, webhookColumns } from './webhook-columns.tsx';
import { CreateWebhookForm } from './webhook-dialogs.tsx';

/** Where others are told of what happens here: every endpoint with how it stands and how it has been. */
export function WebhooksPage() {
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<FreshWebhook | null>(null);
  const open = (id: string) => void navigate({ to: '/settings/webhooks/$id', params: { id } });
  const create = (
    <PermissionGate permission="webhooks:write">
      {(blocked) => (
        <Button
          variant="primary"
          data-hotkey="n"
          blocked={blocked}
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setCreating(true)}
        >
          {t('webhooks.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('webhooks.title')} facts={t('webhooks.lead')} width="fill" actions={create}>
      <DataTable
        name="webhooks"
        className="flex-1"
        label={t('webhooks.title')}
        columns={useMemo(webhookColumns, [])}
        source={usePages<Webhook>('/webhooks')}
        rowId={({ id }) => id}
        onOpen={({ id }) => open(id)}
        compact={(webhook) => <WebhookCompact webhook={webhook} />}
        empty={
          <EmptyState icon={WebhookIcon} title={t('webhooks.empty')} action={create}>
            {t('webhooks.empty.text')}
          </EmptyState>
        }
      />
      {creating && <CreateWebhookForm onClose={() => setCreating(false)} onMade={setMade} />}
      {made && <ShownSecret webhook={made} onClose={() => open(made.id)} />}
    </PageFrame>
  );
}
