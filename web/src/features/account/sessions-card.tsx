import { useMutation, useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone, Terminal, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, devicesQuery, sessionsQuery, type DeviceRow, type SessionRow } from './api.ts';
import { Loaded } from './loaded.tsx';
import { NoRows, Row, Rows } from './rows.tsx';

/** "Firefox, Linux", or whatever of it is known. */
const nameOf = ({ browser, os, device }: Pick<SessionRow, 'browser' | 'os' | 'device'>): string =>
  [browser, os].filter(Boolean).join(', ') || (device && device !== 'unknown' ? words(device) : t('sessions.unknown'));

const iconOf = ({ kind, device }: SessionRow): LucideIcon =>
  device === 'phone' || device === 'tablet' ? Smartphone : device === 'program' || kind !== 'cookie' ? Terminal : Laptop;
const kindOf = (kind: string): string => {
  const key = `sessions.kind.${kind}`;
  return hasText(key) ? t(key) : words(kind);
};

function SessionLine({ session }: { session: SessionRow }) {
  const device = nameOf(session);
  const end = useMutation({
    mutationFn: () => request('DELETE', `/auth/sessions/${session.id}`),
    onSuccess: () => {
      toast.done(t('sessions.ended', { device }));
      return changed('/auth/sessions');
    },
    onError: toast.failed,
  });
  return (
    <Row
      icon={iconOf(session)}
      title={
        <>
          {device}
          {session.current && <Badge tone="accent">{t('sessions.this')}</Badge>}
        </>
      }
      facts={
        <>
          <span>{kindOf(session.kind)}</span>
          {session.ip && <code>{session.ip}</code>}
          {session.place && <span>{session.place}</span>}
          <span>
            {t('sessions.seen')} <Time at={session.lastSeenAt} />
          </span>
          <span>
            {t('sessions.begun')} <Time at={session.createdAt} />
          </span>
        </>
      }
      actions={
        !session.current && (
          <Button size="sm" busy={end.isPending} aria-label={t('sessions.end.of', { device })} onClick={() => end.mutate()}>
            {t('sessions.end')}
          </Button>
        )
      }
    />
  );
}

/** Where the person is signed in, and the way out of each. */
export function SessionsCard() {
  const sessions = useQuery(sessionsQuery);
  const [asking, setAsking] = useState(false);
  const others = sessions.data?.items.some(({ current }) => !current) ?? false;
  const endOthers = async () => {
    await request('DELETE', '/auth/sessions');
    toast.done(t('sessions.endedOthers'));
    await changed('/auth/sessions');
  };
  return (
    <Card
      flush
      title={t('sessions.card')}
      aside={
        others && (
          <Button variant="danger-quiet" size="sm" onClick={() => setAsking(true)}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <div className={sessions.data ? '' : 'p-4'}>
        <Loaded query={sessions}>
          {({ items }) => (
            <Rows label={t('sessions.card')}>
              {items.map((session) => (
                <SessionLine key={session.id} session={session} />
              ))}
            </Rows>
          )}
        </Loaded>
      </div>
      <Confirm open={asking} danger onOpenChange={setAsking} title={t('sessions.endOthers')} action={t('sessions.endOthers')} onConfirm={endOthers}>
        {t('sessions.endOthers.text')}
      </Confirm>
    </Card>
  );
}

function DeviceLine({ device }: { device: DeviceRow }) {
  const remove = useMutation({
    mutationFn: () => request('DELETE', `/auth/devices/${device.id}`),
    onSuccess: () => {
      toast.done(t('devices.removed', { device: device.device }));
      return changed('/auth/devices');
    },
    onError: toast.failed,
  });
  return (
    <Row
      icon={Laptop}
      title={device.device}
      facts={
        <>
          {device.ip && <code>{device.ip}</code>}
          <span>
            {t('devices.until')} <Time at={device.trustedUntil} />
          </span>
        </>
      }
      actions={
        <Button size="sm" busy={remove.isPending} aria-label={t('devices.remove.of', { device: device.device })} onClick={() => remove.mutate()}>
          {t('devices.remove')}
        </Button>
      }
    />
  );
}

/** Devices that are not asked for the second factor for a while. */
export function DevicesCard() {
  const devices = useQuery(devicesQuery);
  return (
    <Card flush title={t('devices.card')}>
      <div className={devices.data ? '' : 'p-4'}>
        <Loaded query={devices}>
          {({ items }) =>
            items.length === 0 ? (
              <NoRows>{t('devices.none')}</NoRows>
            ) : (
              <Rows label={t('devices.card')}>
                {items.map((device) => (
                  <DeviceLine key={device.id} device={device} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </div>
    </Card>
  );
}
