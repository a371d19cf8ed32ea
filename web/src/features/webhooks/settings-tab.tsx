import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import type { WebhookDetail } from './api.ts';

const Words = ({ all }: { all: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {all.map((one) => (
      <Badge key={one} tone="outline" className="font-mono">
        {one}
      </Badge>
    ))}
  </span>
);
const some = (all: readonly string[]) => (all.length > 0 ? <Words all={all} /> : null);

/** What it hears of, how it is sent, and who made it. */
export const SettingsTab = ({ webhook }: { webhook: WebhookDetail }) => (
  <div className="grid items-start gap-4 lg:grid-cols-2">
    <Card title={t('webhooks.card.what')}>
      <KeyValues
        rows={[
          [t('webhooks.events'), <Words key="events" all={webhook.events} />],
          [t('webhooks.environments'), some(webhook.environments) ?? t('webhooks.any')],
          [t('webhooks.labels'), some(Object.entries(webhook.labels).map(([key, value]) => `${key}=${value}`)) ?? t('webhooks.any')],
          [t('webhooks.redact'), some(webhook.redact) ?? t('webhooks.nothing')],
        ]}
      />
    </Card>
    <Card title={t('webhooks.card.how')}>
      <KeyValues
        rows={[
          [t('webhooks.url'), <code key="url">{webhook.url}</code>],
          [t('webhooks.headers'), some(webhook.headerNames) ?? t('webhooks.nothing')],
          [t('webhooks.rate'), number(webhook.rate)],
          [t('webhooks.ordered'), t(webhook.ordered ? 'webhooks.yes' : 'webhooks.no')],
          [t('webhooks.apiVersion'), <code key="version">{webhook.apiVersion}</code>],
          [t('webhooks.secretSetAt'), <Time key="secret" at={webhook.secretSetAt} />],
        ]}
      />
    </Card>
    <Card title={t('webhooks.card.about')} className="lg:col-span-2">
      <KeyValues
        rows={[
          [t('webhooks.description'), webhook.description],
          [t('webhooks.createdBy'), webhook.createdByName],
          [t('webhooks.column.created'), <Time key="created" at={webhook.createdAt} />],
          [t('webhooks.column.updated'), <Time key="updated" at={webhook.updatedAt} />],
        ]}
      />
    </Card>
  </div>
);
