import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { number, words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { Field } from '#ui/field.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { Time } from '#ui/time.tsx';
import { STATES, type SecurityEvent } from './security-api.ts';
import { ruleText, SeverityBadge } from './security-words.tsx';

const closes = (state: SecurityEvent['state']): boolean => state === 'resolved' || state === 'false_positive';

/** Where it stands from now on; what closes it says why. */
function DecideDialog({ event, onClose }: { event: SecurityEvent; onClose: () => void }) {
  const tell = useTell();
  const [state, setState] = useState<SecurityEvent['state']>(event.state === 'new' ? 'acknowledged' : event.state);
  const [note, setNote] = useState(event.note ?? '');
  const body = { state, ...(note.trim() ? { note: note.trim() } : {}) };
  const ready = state !== event.state && (!closes(state) || note.trim().length >= 5);
  return (
    <ReviewDialog
      title={t('alarms.decide')}
      description={ruleText(event.rule)}
      call={ready ? { method: 'PATCH', path: `/security-events/${event.id}`, body } : null}
      action={t('action.save')}
      touched={['/security-events']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('alarms.decided'))}
    >
      <Field label={t('alarms.column.state')}>
        {(control) => (
          <Select {...control} value={state} onChange={setState} choices={STATES.map((value) => ({ value, label: t(`alarms.state.${value}`) }))} />
        )}
      </Field>
      <Field label={t('alarms.note')} help={t('alarms.note.help')} required={closes(state)}>
        {(control) => <Textarea {...control} maxLength={2_000} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />}
      </Field>
    </ReviewDialog>
  );
}

const Content = ({ event, decide, blocked }: { event: SecurityEvent; decide: () => void; blocked: string | null }) => (
  <>
    <KeyValues
      rows={[
        [t('alarms.column.severity'), <SeverityBadge key="severity" severity={event.severity} />],
        [t('alarms.column.state'), t(`alarms.state.${event.state}`)],
        [t('audit.column.actor'), event.actor && (event.actor.name ?? event.actor.id)],
        [t('audit.column.ip'), event.ip],
        [t('alarms.column.count'), number(event.count)],
        [t('alarms.column.first'), <Time key="first" at={event.firstAt} />],
        [t('alarms.column.last'), <Time key="last" at={event.lastAt} />],
        [t('alarms.action'), t(`alarms.action.${event.action}`)],
        ...Object.entries(event.facts).map(([name, value]): [string, string] => [words(name), String(value ?? '')]),
        [t('alarms.note'), event.note],
        [t('alarms.decidedBy'), event.decidedBy?.name ?? null],
      ]}
    />
    <div className="flex flex-wrap gap-2">
      <Button size="sm" variant="primary" blocked={blocked} onClick={decide}>
        {t('alarms.decide')}
      </Button>
      {event.actor && (
        <Button size="sm" asChild>
          <Link to="/audit" search={{ actor: event.actor.id }}>
            {t('alarms.trail')}
          </Link>
        </Button>
      )}
    </div>
  </>
);

/** One event in full, and the way to say how it stands. */
export function SecurityDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const [deciding, setDeciding] = useState(false);
  const blocked = useBlocked('securityEvents:write');
  const event = useQuery({
    queryKey: ['/security-events', 'one', id],
    queryFn: ({ signal }) => request<SecurityEvent>('GET', `/security-events/${id}`, { signal }),
  });
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()} title={event.data ? ruleText(event.data.rule) : t('state.loading')}>
      <div className="flex flex-col gap-4 p-5">
        <Loaded query={event} lines={6}>
          {(data) => (
            <>
              <Content event={data} decide={() => setDeciding(true)} blocked={blocked} />
              {deciding && <DecideDialog event={data} onClose={() => setDeciding(false)} />}
            </>
          )}
        </Loaded>
      </div>
    </Drawer>
  );
}
