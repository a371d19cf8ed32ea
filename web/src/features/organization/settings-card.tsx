import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { planQuery, type Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useSettled } from '#features/review/settled.ts';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem, type Problem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { pathOf, type Settings } from './api.ts';

export type Group = Exclude<keyof Settings, 'version' | 'mfaSince'>;

/** Only the settings that differ: a merge patch must not touch the others. */
export function patchOf<T extends object>(before: T, after: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof T])),
  ) as Partial<T>;
}

export interface SettingsFields<G extends Group> {
  draft: Settings[G];
  set: (part: Partial<Settings[G]>) => void;
  /** By the name of the setting. */
  errors: Record<string, string>;
  disabled: boolean;
}
export interface SettingsCardProps<G extends Group> {
  title: string;
  settings: Settings;
  group: G;
  children: (fields: SettingsFields<G>) => ReactNode;
}

const NOTHING: Call = { method: 'PATCH', path: '' };

/** What is wrong, by the name of the setting. */
function errorsOf(problem: Problem | null): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [pointer, message] of Object.entries(errorsByPointer(problem))) {
    const [, , name] = pointer.split('/');
    if (name) errors[name] = errors[name] ? `${errors[name]} ${message}` : message;
  }
  // Its detail says what to add; the pointer's message only names the address.
  return problem?.slug === 'would-lock-out' ? { ...errors, ipAllowList: problem.message } : errors;
}

/**
 * Some settings of a group. What the server would say to the change is asked while one types, so that what would lock one out stands
 * beside its field before anything is sent.
 */
export function SettingsCard<G extends Group>({ title, settings, group, children }: SettingsCardProps<G>) {
  const { tenant } = useMe();
  const tell = useTell();
  const blocked = useBlocked('tenants:update');
  const before = settings[group];
  const [draft, setDraft] = useState<Settings[G]>(before);
  const [open, setOpen] = useState(false);
  // Another number draws the fields anew: those that keep their own text begin again.
  const [resets, setResets] = useState(0);
  const reset = () => {
    setDraft(before);
    setResets((count) => count + 1);
  };
  const patch = patchOf(before, draft);
  const changed = Object.keys(patch).length > 0;
  const call: Call | null = changed
    ? { method: 'PATCH', path: pathOf(tenant.id, '/settings'), body: { [group]: patch }, ifMatch: settings.version }
    : null;
  const settled = useSettled(call);
  const plan = useQuery({ ...planQuery(settled ?? NOTHING), enabled: settled !== null && blocked === null });
  const problem = plan.error ? toProblem(plan.error) : null;
  const errors = errorsOf(problem);
  const placed = Object.keys(errors).length > 0;
  return (
    <Card title={title}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (call && !problem) setOpen(true);
        }}
      >
        <div key={resets} className="flex flex-col gap-5">
          {children({ draft, set: (part) => setDraft((now) => ({ ...now, ...part })), errors, disabled: blocked !== null })}
        </div>
        {problem && !placed && <ProblemView error={problem} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" blocked={blocked} disabled={!blocked && (!changed || problem !== null)}>
            {t('org.review')}
          </Button>
          {changed && <Button onClick={reset}>{t('roles.staged.discard')}</Button>}
        </div>
      </form>
      {open && call && (
        <ReviewDialog
          title={t('org.settings.change')}
          call={call}
          action={t('action.save')}
          touched={[pathOf(tenant.id, '/settings')]}
          onClose={() => setOpen(false)}
          onOutcome={(outcome) => {
            tell(outcome, t('org.settings.saved'));
            // It waits for approval now; the page shows what is in force.
            if (outcome.status === 'accepted') reset();
          }}
        />
      )}
    </Card>
  );
}
