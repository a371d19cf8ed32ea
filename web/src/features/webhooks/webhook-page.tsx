import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Ellipsis, KeyRound, Pause, Pencil, Play, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { TargetAudit, TargetChanges } from '#features/clouds/server-changes.tsx';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { webhookQuery, type FreshWebhook, type WebhookDetail } from './api.ts';
import { WebhookDeliveryHistory } from './delivery-history.tsx';
import { FiguresRow } from './figures-row.tsx';
import { ReplayDialog, type Asked } from './replay-dialog.tsx';
import { ReplayProgress } from './replay-progress.tsx';
import { webhookSearch, type WebhookSearch } from './search.ts';
import { SettingsTab } from './settings-tab.tsx';
import { ShownSecret } from './shown-secret.tsx';
import { StateNotice } from './state-notice.tsx';
import { TestWebhookButton } from './test-button.tsx';
import { DeleteWebhook, EditWebhook, RotateSecret, SetState } from './webhook-dialogs.tsx';
import { WebhookState } from './words.tsx';

type Act = 'edit' | 'rotate' | 'delete' | 'activate' | 'pause' | 'replay';

function Actions({ webhook, onAct }: { webhook: WebhookDetail; onAct: (act: Act) => void }) {
  const blocked = useBlocked('webhooks:write');
  const replay = useBlocked('webhooks:replay');
  return (
    <>
      <TestWebhookButton webhook={webhook} />
      {webhook.state === 'active' || webhook.state === 'failing' ? (
        <Button blocked={blocked} icon={<Pause aria-hidden className="size-3.5" />} onClick={() => onAct('pause')}>
          {t('webhooks.pause')}
        </Button>
      ) : (
        <Button variant="primary" blocked={blocked} icon={<Play aria-hidden className="size-3.5" />} onClick={() => onAct('activate')}>
          {t(webhook.state === 'paused' ? 'webhooks.resume' : 'webhooks.enable')}
        </Button>
      )}
      <Menu
        align="end"
        className="w-64"
        trigger={
          <Button size="icon" aria-label={t('change.act.more')}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem icon={<RotateCcw aria-hidden />} blocked={replay} onSelect={() => onAct('replay')}>
          {t('webhooks.replay')}
        </MenuItem>
        <MenuItem icon={<Pencil aria-hidden />} blocked={blocked} onSelect={() => onAct('edit')}>
          {t('webhooks.edit')}
        </MenuItem>
        <MenuItem icon={<KeyRound aria-hidden />} blocked={blocked} onSelect={() => onAct('rotate')}>
          {t('webhooks.rotate')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} blocked={blocked} onSelect={() => onAct('delete')}>
          {t('webhooks.delete')}
        </MenuItem>
      </Menu>
    </>
  );
}

interface DialogsProps {
  webhook: WebhookDetail;
  act: Act;
  onClose: () => void;
  onMade: (made: FreshWebhook) => void;
  onAsked: (asked: Asked) => void;
}
function ActDialog({ webhook, act, onClose, onMade, onAsked }: DialogsProps) {
  const navigate = useNavigate();
  const props = { webhook, onClose };
  if (act === 'edit') return <EditWebhook {...props} />;
  if (act === 'rotate') return <RotateSecret {...props} onMade={onMade} />;
  if (act === 'delete') return <DeleteWebhook {...props} onGone={() => void navigate({ to: '/settings/webhooks' })} />;
  if (act === 'replay') return <ReplayDialog {...props} onAsked={onAsked} />;
  return <SetState {...props} state={act === 'pause' ? 'paused' : 'active'} />;
}

function useTabs(
  webhook: WebhookDetail,
  search: WebhookSearch,
  show: (next: Loose<WebhookSearch>) => void,
): Tab<NonNullable<WebhookSearch['tab']>>[] {
  const mayDeliveries = useCan('webhookDeliveries:read');
  const mayChanges = useCan('changes:read');
  const mayAudit = useCan('audit:read');
  const history = <WebhookDeliveryHistory webhook={webhook} search={search} show={show} />;
  return [
    ...(mayDeliveries ? [{ value: 'deliveries' as const, label: t('webhooks.tab.deliveries'), content: history }] : []),
    { value: 'settings', label: t('webhooks.tab.settings'), content: <SettingsTab webhook={webhook} /> },
    ...(mayChanges
      ? [{ value: 'changes' as const, label: t('server.tab.changes'), content: <TargetChanges targetId={webhook.id} name="webhook-changes" /> }]
      : []),
    ...(mayAudit
      ? [{ value: 'audit' as const, label: t('change.tab.audit'), content: <TargetAudit targetId={webhook.id} name="webhook-audit" /> }]
      : []),
  ];
}

/** One endpoint once it is known. */
function Endpoint({ webhook, search }: { webhook: WebhookDetail; search: WebhookSearch }) {
  const navigate = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const [made, setMade] = useState<FreshWebhook | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const show = (next: Loose<WebhookSearch>) =>
    void navigate({
      to: '/settings/webhooks/$id',
      params: { id: webhook.id },
      search: (now) => compact<WebhookSearch>({ ...(now as WebhookSearch), ...next }),
      replace: true,
    });
  const tabs = useTabs(webhook, search, show);
  const first = tabs[0]!.value;
  return (
    <PageFrame
      title={webhook.name}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/settings/webhooks" className="rounded-sm hover:text-ink hover:underline">
            {t('webhooks.title')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
      facts={
        <>
          <WebhookState state={webhook.state} />
          <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{webhook.url}</code>
        </>
      }
      actions={<Actions webhook={webhook} onAct={setAct} />}
    >
      <StateNotice webhook={webhook} onActivate={() => setAct('activate')} />
      <FiguresRow figures={webhook.figures} />
      <ReplayProgress webhookId={webhook.id} asked={asked} />
      <Tabs
        label={t('webhooks.tabs')}
        value={tabs.some(({ value }) => value === search.tab) ? search.tab! : first}
        tabs={tabs}
        onChange={(tab) => show({ tab: tab === first ? undefined : tab, open: undefined })}
      />
      {act && <ActDialog webhook={webhook} act={act} onClose={() => setAct(null)} onMade={setMade} onAsked={setAsked} />}
      {made && <ShownSecret webhook={made} onClose={() => setMade(null)} />}
    </PageFrame>
  );
}

/** One endpoint: how it stands, what was sent to it, and what can be done with it. */
export function WebhookPage({ id, search }: { id: string; search: WebhookSearch }) {
  const { data, error, refetch } = useQuery(webhookQuery(id));
  if (data) return <Endpoint webhook={data} search={webhookSearch({ ...search })} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <div className="mx-auto w-full max-w-[120rem] px-4 py-5 sm:px-6">
      <SkeletonText lines={10} />
    </div>
  );
}
