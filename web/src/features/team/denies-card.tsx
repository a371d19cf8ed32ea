import { Ban } from 'lucide-react';
import { useState } from 'react';
import { NoRows, Rows } from '#features/account/rows.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
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
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
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
  const body = { subjectId: member.id, patterns: text.split(/[\s,]+/).filter(Boolean), reason: reason.trim() };
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

interface ListProps {
  member: Member;
  blocked: string | null;
  onLift: (deny: Deny) => void;
}
function List({ member, blocked, onLift }: ListProps) {
  const { rows, loading, error, retry, hasMore, loadMore } = usePages<Deny>('/denies', { subjectId: member.id });
  // "Nothing is denied" is said only when the server said so.
  if (rows.length === 0 && (error || loading))
    return <div className="p-4">{error ? <ProblemView error={error} retry={retry} /> : <SkeletonText />}</div>;
  if (rows.length === 0) return <NoRows>{t('denies.none')}</NoRows>;
  return (
    <>
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
              <span className="flex flex-wrap gap-x-3 text-xs text-ink-2">
                <span>
                  {deny.reason} · <Time at={deny.createdAt} />
                </span>
                {deny.validUntil && (
                  <span>
                    {t('grants.until')} <Time at={deny.validUntil} />
                  </span>
                )}
              </span>
            </div>
            <Button
              size="sm"
              variant="ghost"
              blocked={blocked}
              aria-label={t('denies.lift.of', { patterns: deny.patterns.join(', ') })}
              onClick={() => onLift(deny)}
            >
              {t('denies.lift')}
            </Button>
          </li>
        ))}
      </Rows>
      {hasMore && (
        <Button variant="link" size="sm" className="m-3" onClick={loadMore}>
          {t('table.more', { count: rows.length, shown: rows.length })}
        </Button>
      )}
    </>
  );
}

function Content({ member }: { member: Member }) {
  const tell = useTell();
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
      <List member={member} blocked={blocked} onLift={setOpen} />
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
