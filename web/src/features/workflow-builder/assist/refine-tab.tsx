import { Square, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { MissingPart, Part, Points, RiskPart, UnbuiltPart } from '#features/workflows/ai/facts.tsx';
import type { Handover } from '#features/workflows/ai/handover.ts';
import { NoModel, OriginNote } from '#features/workflows/ai/origin-note.tsx';
import type { Refined } from '#features/workflows/ai/types.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { graphOf } from '../graph/doc.ts';
import type { Session } from '../state/use-session.ts';
import { useBuilder, useDoc } from '../state/store.ts';
import { Review } from './review.tsx';
import type { Assisted } from './use-assist.ts';

function Answer({ session, refined, onDone }: { session: Session; refined: Refined; onDone: () => void }) {
  const { ops, summary, unbuilt, missing, risk, validation } = refined;
  const faults = validation.errors.map(({ message }) => message);
  return (
    <div className="flex min-w-0 flex-col gap-4" data-refined>
      <OriginNote origin={refined} />
      {summary && <p className="[overflow-wrap:anywhere]">{summary}</p>}
      {ops.length > 0 ? (
        <Review picture session={session} label={t('assist.proposals')} proposals={ops} onDone={onDone} />
      ) : (
        <p className="text-ink-2">{t('assist.nothing')}</p>
      )}
      <UnbuiltPart unbuilt={unbuilt} />
      {faults.length > 0 && (
        <Part title={t('assist.invalid')}>
          <Points items={faults.slice(0, 6)} />
        </Part>
      )}
      {ops.length > 0 && <RiskPart risk={risk} />}
      <MissingPart missing={missing} />
    </div>
  );
}

/** What somebody else proposed, such as the diagnosis of an execution. */
function Handed({ session, given, onDone }: { session: Session; given: NonNullable<Handover['proposed']>; onDone: () => void }) {
  return (
    <section aria-label={given.title} className="flex min-w-0 flex-col gap-3">
      <h3 className="text-sm font-semibold">{given.title}</h3>
      <OriginNote origin={given.origin} />
      <Review picture session={session} label={given.title} proposals={given.ops} onDone={onDone} />
    </section>
  );
}

/** A change of the graph from words: proposed edits, each with its reason, to accept or leave one by one. */
export function RefineTab({ session, assisted }: { session: Session; assisted: Assisted }) {
  const { refining, instruction, onInstruction, handed, onHanded } = assisted;
  const { ask, stop, answer, busy, error, reset } = refining;
  const doc = useDoc();
  const selection = useBuilder((state) => state.selection);
  const blocked = useBlocked('ai:generate');
  const [only, setOnly] = useState(false);
  const may = instruction.trim().length >= 3;
  const send = (): void => {
    if (!may || blocked || busy) return;
    ask({ instruction: instruction.trim(), selection: only ? [...selection] : [], graph: graphOf(doc) });
  };
  const done = (): void => {
    reset();
    onInstruction('');
  };
  if (handed) return <Handed session={session} given={handed} onDone={onHanded} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {!answer && <NoModel instead={t('assist.model.none.refine')} />}
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('assist.instruction')} help={t('assist.instruction.help')}>
          {(control) => (
            <Textarea {...control} maxLength={4_000} value={instruction} onChange={(event) => onInstruction(event.target.value)} />
          )}
        </Field>
        {selection.size > 0 && (
          <Field label={t('assist.selection', { count: selection.size })} inline>
            {(control) => <Checkbox {...control} checked={only} onCheckedChange={(on) => setOnly(on === true)} />}
          </Field>
        )}
        <div className="flex items-center justify-end gap-2">
          <span role="status" className="me-auto text-ink-2">
            {busy && t('assist.thinking')}
          </span>
          {busy && (
            <Button size="sm" icon={<Square aria-hidden className="size-3" />} onClick={stop}>
              {t('assist.stop')}
            </Button>
          )}
          <Button type="submit" size="sm" variant={answer ? 'secondary' : 'primary'} blocked={blocked} busy={busy} disabled={!may} icon={<WandSparkles aria-hidden className="size-3.5" />}>
            {t('assist.propose')}
          </Button>
        </div>
      </form>
      {error && <ProblemView error={error} />}
      {answer && <Answer session={session} refined={answer} onDone={done} />}
    </div>
  );
} // prettier-ignore
