import { Ban } from 'lucide-react';
import { useState } from 'react';
import { Rows } from '#features/account/rows.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useSettled } from '#features/review/settled.ts';
import { useTell } from '#features/review/submit.ts';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { useCan } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Time } from '#ui/time.tsx';
import { useGrantBlocked } from './grants-card.tsx';

interface Deny {
  id: string;
  patterns: string[];
  validUntil: string | null;
  reason: string;
  createdAt: string;
}
const TOUCHED = ['/denies', '/members'];

function DenyDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const tell = useTell();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const body = useSettled({ subjectId: member.id, patterns: text.split(/[\s,]+/).filter(Boolean), reason: reason.trim() });
  return (
    <ReviewDialog
      title={t('denies.add.of', { name: member.name })}
      description={t('denies.text')}
      call={body.patterns.length > 0 && body.reason.length >= 3 ? { method: 'POST', path: '/denies', body } : null}
      action={t('denies.add')}
      danger
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('denies.added', { name: member.name }))}
    >
      <Field label={t('keys.column.permissions')} help={t('denies.patterns.help')} required>
        {(control) => <Input {...control} mono placeholder="servers:delete dns:*" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Field label={t('grants.reason')} required>
        {(control) => <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}

function Content({ member }: { member: Member }) {
  const tell = useTell();
  const { rows } = usePages<Deny>('/denies', { subjectId: member.id });
  const blocked = useGrantBlocked(member);
  const [open, setOpen] = useState<Deny | 'new' | null>(null);
  return (
    <Card
      flush
      title={t('denies.title')}
      aside={
        <Button size="sm" variant="ghost" blocked={blocked} icon={<Ban aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
          {t('denies.add')}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('denies.none')}</p>
      ) : (
        <Rows label={t('denies.title')}>
          {rows.map((deny) => (
            <li key={deny.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
              <div className="flex min-w-0 flex-[1_1_14rem] flex-col gap-1">
                <span className="flex flex-wrap gap-1">
                  {deny.patterns.map((pattern) => (
                    <Badge key={pattern} tone="bad" className="font-mono">
                      {pattern}
                    </Badge>
                  ))}
                </span>
                <span className="text-xs text-ink-2">
                  {deny.reason} · <Time at={deny.createdAt} />
                </span>
              </div>
              <Button
                size="sm"
                variant="ghost"
                blocked={blocked}
                aria-label={t('denies.lift.of', { patterns: deny.patterns.join(', ') })}
                onClick={() => setOpen(deny)}
              >
                {t('denies.lift')}
              </Button>
            </li>
          ))}
        </Rows>
      )}
      {open === 'new' && <DenyDialog member={member} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && (
        <ReviewDialog
          title={t('denies.lift.of', { patterns: open.patterns.join(', ') })}
          call={{ method: 'DELETE', path: `/denies/${open.id}` }}
          action={t('denies.lift')}
          touched={TOUCHED}
          onClose={() => setOpen(null)}
          onOutcome={(outcome) => tell(outcome, t('denies.lifted', { name: member.name }))}
        />
      )}
    </Card>
  );
}

/** What is denied to a person whatever their roles hold. */
export const DeniesCard = ({ member }: { member: Member }) => (useCan('grants:read') ? <Content member={member} /> : null);
