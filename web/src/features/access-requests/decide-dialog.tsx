import { useState } from 'react';
import { draftOf, scopeOf } from '#features/access/scope.ts';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useAct, type Act } from './api.ts';
import { MinutesField, USUAL } from './minutes-field.tsx';
import type { AccessRequest } from './types.ts';

const SHORTEST = 5;
interface Draft {
  text: string;
  minutes: number;
  scope: ReturnType<typeof draftOf>;
}

/** What is sent: an approval says only what is less than was asked for. */
function bodyOf(act: Act, request: AccessRequest, { text, minutes, scope }: Draft): Record<string, unknown> {
  if (act === 'extend') return { minutes, reason: text };
  if (act === 'reject') return { comment: text };
  if (act !== 'approve') return {};
  const reach = scopeOf(scope).scope;
  const narrowed = JSON.stringify(reach) === JSON.stringify(scopeOf(draftOf(request.scope)).scope) ? {} : { scope: reach };
  return { ...(minutes < request.minutes ? { minutes } : {}), ...narrowed, ...(text ? { comment: text } : {}) };
}

interface TermsProps {
  request: AccessRequest;
  act: Act;
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  refused: Record<string, string>;
}
/** What can be said with an act: how much of it, for how long, and why. */
const Terms = ({ request, act, draft, set, refused }: TermsProps) => (
  <>
    {act === 'approve' && request.extendsId === null && <ScopeEditor value={draft.scope} onChange={(scope) => set({ scope })} />}
    {(act === 'approve' || act === 'extend') && (
      <MinutesField
        value={draft.minutes}
        onChange={(minutes) => set({ minutes })}
        error={refused['/minutes']}
        {...(act === 'approve' ? { most: request.minutes } : {})}
      />
    )}
    {act !== 'cancel' && act !== 'end' && (
      <Field
        label={t(act === 'extend' ? 'accessRequest.reason' : 'change.comment')}
        required={act !== 'approve'}
        error={refused['/comment'] ?? refused['/reason']}
      >
        {(control) => <Textarea {...control} value={draft.text} maxLength={500} onChange={(event) => set({ text: event.target.value })} />}
      </Field>
    )}
  </>
);

/** The question before an act on a request: an approver may give less than was asked for, never more. */
export function DecideDialog({ request, act, onClose }: { request: AccessRequest; act: Exclude<Act, 'create'>; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({ text: '', minutes: act === 'approve' ? request.minutes : USUAL, scope: draftOf(request.scope) });
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const sending = useAct(act, request.id);
  const needsText = act === 'reject' || act === 'extend';
  const short = needsText && draft.text.trim().length < SHORTEST;
  const refused = sending.error ? errorsByPointer(toProblem(sending.error)) : {};
  const go = () => {
    if (!short && !sending.isPending) sending.mutate(bodyOf(act, request, { ...draft, text: draft.text.trim() }), { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`accessRequest.ask.${act}`, { role: request.role.name })}
      description={t('accessRequest.of', { name: request.requester.name, reason: request.reason })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button
            variant={act === 'approve' || act === 'extend' ? 'primary' : 'danger'}
            busy={sending.isPending}
            blocked={short ? t('accessRequest.reason.help') : null}
            onClick={go}
          >
            {t(`accessRequest.act.${act}`)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <Terms request={request} act={act} draft={draft} set={set} refused={refused} />
        {sending.error && <ProblemView error={sending.error} placed={(pointer) => pointer in refused && pointer !== '/scope'} />}
      </form>
    </Dialog>
  );
}
