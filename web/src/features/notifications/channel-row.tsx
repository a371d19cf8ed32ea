import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Switch } from '#ui/switch.tsx';
import { toast } from '#ui/toast.tsx';
import type { Channel } from './api.ts';

/** What a channel's acts make old. */
export const useAgain = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/notification-') });
};

/** One channel: on or off, a test, its end. */
export function ChannelRow({ channel }: { channel: Channel }) {
  const { id, name, kind, kinds, enabled, requestUrl } = channel;
  const again = useAgain();
  const [ending, setEnding] = useState(false);
  const switching = useMutation({
    mutationFn: (on: boolean) => run('PATCH', `/notification-channels/${id}`, { body: { enabled: on } }),
    onSuccess: again,
    onError: toast.failed,
  });
  const testing = useMutation({
    mutationFn: () => run('POST', `/notification-channels/${id}/test`),
    onSuccess: () => {
      toast.done(t('notifications.channels.tested', { name }));
      return again();
    },
    onError: toast.failed,
  });
  const end = async () => {
    await run('DELETE', `/notification-channels/${id}`);
    toast.done(t('notifications.channels.deleted', { name }));
    await again();
  };
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{name}</p>
          <p className="text-xs text-ink-2">
            {t(`notifications.channels.${kind}`)} · {t('notifications.channels.kinds', { count: kinds.length })}
          </p>
        </div>
        <Switch
          aria-label={t('notifications.channels.enabled', { name })}
          checked={enabled}
          disabled={switching.isPending}
          onCheckedChange={(on) => switching.mutate(on)}
        />
        <Button size="sm" busy={testing.isPending} icon={<Send aria-hidden className="size-3.5" />} onClick={() => testing.mutate()}>
          {t('notifications.channels.test')}
        </Button>
        <Button
          variant="danger-quiet"
          size="sm"
          icon={<Trash2 aria-hidden className="size-3.5" />}
          aria-label={t('notifications.channels.delete.of', { name })}
          onClick={() => setEnding(true)}
        >
          {t('notifications.channels.delete')}
        </Button>
      </div>
      {requestUrl && (
        <div className="flex flex-col gap-1">
          <span className="text-xs text-ink-2">{t('notifications.channels.requestUrl')}</span>
          <CodeBlock code={requestUrl} label={t('notifications.channels.requestUrl')} />
        </div>
      )}
      {ending && (
        <Confirm
          open
          danger
          onOpenChange={setEnding}
          title={t('notifications.channels.delete.of', { name })}
          action={t('notifications.channels.delete')}
          onConfirm={end}
        >
          {t('notifications.channels.delete.text')}
        </Confirm>
      )}
    </li>
  );
}
