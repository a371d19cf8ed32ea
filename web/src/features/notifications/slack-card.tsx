import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { toast } from '#ui/toast.tsx';
import { linksQuery, type SlackLink } from './api.ts';

/** Takes the token out of the address before anything else sees it. */
function useToken(): [string | null, () => void] {
  const [token, setToken] = useState(() => new URLSearchParams(location.hash.slice(1)).get('slack'));
  useEffect(() => {
    if (token) history.replaceState(history.state, '', location.pathname);
  }, [token]);
  return [token, () => setToken(null)];
}

/** The name that the link was made for, to be read before one confirms it; whether it is true the server says. */
function nameIn(token: string): string {
  try {
    const payload = token.split('.')[0]!.replaceAll('-', '+').replaceAll('_', '/');
    const { name } = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (sign) => sign.charCodeAt(0)))) as { name?: unknown };
    return typeof name === 'string' ? name : '?';
  } catch {
    return '?';
  }
}

function Confirm({ token, onDone }: { token: string; onDone: () => void }) {
  const client = useQueryClient();
  const confirming = useMutation({
    mutationFn: () => run('POST', '/slack-links', { body: { token } }),
    onSuccess: () => {
      toast.done(t('notifications.slack.linked'));
      onDone();
      void client.invalidateQueries({ queryKey: ['/slack-links'] });
    },
  });
  return (
    <Card title={t('notifications.slack.confirm')}>
      <p className="mb-3 text-sm">{t('notifications.slack.confirm.text', { name: nameIn(token) })}</p>
      {confirming.error && <ProblemView error={confirming.error} />}
      <div className="flex gap-2">
        <Button variant="primary" busy={confirming.isPending} onClick={() => confirming.mutate()}>
          {t('notifications.slack.confirm.action')}
        </Button>
        <Button onClick={onDone}>{t('notifications.slack.notMe')}</Button>
      </div>
    </Card>
  );
}

function Known({ link }: { link: SlackLink }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => run('DELETE', `/slack-links/${link.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/slack-links'] }),
    onError: toast.failed,
  });
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-2.5 text-sm">
      <span>{t('notifications.slack.known', { name: link.slackName, channel: link.channel })}</span>
      <Button variant="danger-quiet" size="sm" busy={ending.isPending} onClick={() => ending.mutate()}>
        {t('notifications.slack.end')}
      </Button>
    </li>
  );
}

/** Who one is in Slack: asked when a link led here, and listed. */
export function SlackCard() {
  const [token, forget] = useToken();
  const { data: links = [] } = useQuery(linksQuery);
  return (
    <>
      {token && <Confirm token={token} onDone={forget} />}
      {links.length > 0 && (
        <Card flush title={t('notifications.slack')}>
          <ul className="divide-y divide-line">
            {links.map((link) => (
              <Known key={link.id} link={link} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
