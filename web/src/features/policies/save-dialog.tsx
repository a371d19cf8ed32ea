import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { POLICY_LISTS } from './api.ts';
import type { PolicySetDetail } from './types.ts';

interface ConflictProps {
  set: PolicySetDetail;
  seen: number;
  onTakeOver: () => void;
}
/** Somebody else saved meanwhile: what to do about it. */
const Conflict = ({ set, seen, onTakeOver }: ConflictProps) => (
  <div role="alert" className="flex gap-3 rounded-lg border border-warn/40 bg-warn-wash p-4">
    <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
    <div className="flex flex-col gap-2">
      <p>{t('policies.conflict', { name: set.newest.author.name, version: set.version, seen })}</p>
      <div className="flex flex-wrap gap-2">
        <Button asChild size="sm">
          <Link to="/policies/$id" params={{ id: set.id }} search={{ tab: 'versions', before: seen, after: set.version }} target="_blank">
            {t('policies.conflict.look')}
          </Link>
        </Button>
        <Button size="sm" onClick={onTakeOver}>
          {t('policies.conflict.over', { version: set.version })}
        </Button>
      </div>
    </div>
  </div>
);

interface SaveDialogProps {
  set: PolicySetDetail;
  document: string;
  /** The version that the text was written over. */
  seen: number;
  onSeen: (version: number) => void;
  onSaved: (saved: PolicySetDetail) => void;
  onClose: () => void;
}
/** Saves a text as the next version of its set. What is in force stays. */
export function SaveDialog({ set, document, seen, onSeen, onSaved, onClose }: SaveDialogProps) {
  const tell = useTell();
  const [message, setMessage] = useState('');
  const isBehind = set.version !== seen;
  const call: Call = { method: 'PATCH', path: `/policies/${set.id}`, body: { document, message: message.trim() }, ifMatch: seen };
  return (
    <ReviewDialog<PolicySetDetail>
      title={t('policies.save.title', { name: set.name })}
      description={t('policies.save.text')}
      call={message.trim() === '' || isBehind ? null : call}
      action={t('action.save')}
      touched={POLICY_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('policies.saved', { name: set.name }));
        if (outcome.status === 'done') onSaved(outcome.output);
      }}
    >
      {isBehind && <Conflict set={set} seen={seen} onTakeOver={() => onSeen(set.version)} />}
      <Field label={t('policies.message')} required help={t('policies.message.help')}>
        {(control) => <Input {...control} autoFocus maxLength={500} value={message} onChange={(event) => setMessage(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}
