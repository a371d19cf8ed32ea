import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FlaskConical, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Waiting } from '#features/review/at-work.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { ActivateDialog } from './activate-dialog.tsx';
import { POLICY_LISTS, policySetQuery, useLint } from './api.ts';
import { DocumentEditor } from './document-editor.tsx';
import { ExemptionsTab } from './exemptions-tab.tsx';
import { StatusBadge, TrialBadge } from './look.tsx';
import { Trail } from './trail.tsx';
import { ReplayTab } from './replay-tab.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { TABS, type SetSearch } from './search.ts';
import { ShadowTab } from './shadow-tab.tsx';
import type { PolicySetDetail } from './types.ts';
import { useDraft } from './use-draft.ts';
import { VersionsTab } from './versions-tab.tsx';

/** Whether a document lets its rules be set aside; the engine decides, this only says why a button is of no use. */
const isOverridable = (document: string): boolean => /^\s*overridable:\s*true\b/m.test(document);

interface PageProps {
  set: PolicySetDetail;
  search: SetSearch;
}
type Open = { act: 'save' } | { act: 'retire' } | { act: 'activate'; number: number };

interface ActsProps extends PageProps {
  isDirty: boolean;
  faulty: string | null;
  onOpen: (open: Open) => void;
}
function Acts({ set, isDirty, faulty, onOpen }: ActsProps) {
  const [writes, activates] = [useBlocked('policies:write'), useBlocked('policies:activate')];
  const inForce = set.activeVersion === set.version && !isDirty ? t('policies.active.already') : null;
  return (
    <>
      {!set.isProtected && set.status !== 'retired' && (
        <Button
          variant="danger-quiet"
          blocked={activates}
          icon={<Trash2 aria-hidden className="size-3.5" />}
          onClick={() => onOpen({ act: 'retire' })}
        >
          {t('policies.retire')}
        </Button>
      )}
      <Button asChild>
        <Link to="/policies/simulate" search={{ set: set.id, version: set.version }}>
          <FlaskConical aria-hidden className="size-3.5" />
          {t('simulate.title')}
        </Link>
      </Button>
      <Button
        blocked={activates ?? (isDirty ? t('policies.unsaved') : inForce)}
        icon={<Play aria-hidden className="size-3.5" />}
        onClick={() => onOpen({ act: 'activate', number: set.version })}
      >
        {t('policies.activate')}
      </Button>
      <Button variant="primary" blocked={writes ?? (isDirty ? faulty : t('policies.unchanged'))} onClick={() => onOpen({ act: 'save' })}>
        {t('policies.save')}
      </Button>
    </>
  );
}

interface DialogsProps {
  set: PolicySetDetail;
  open: Open | null;
  text: string;
  seen: number;
  onSeen: (version: number) => void;
  onSaved: (saved: PolicySetDetail) => void;
  onClose: () => void;
}
function Dialogs({ set, open, text, seen, onSeen, onSaved, onClose }: DialogsProps) {
  const tell = useTell();
  if (open?.act === 'save') return <SaveDialog set={set} document={text} {...{ seen, onSeen, onSaved, onClose }} />;
  if (open?.act === 'activate') return <ActivateDialog set={set} number={open.number} onClose={onClose} />;
  if (open?.act !== 'retire') return null;
  return (
    <ReviewDialog
      title={t('policies.retire.of', { name: set.name })}
      description={t('policies.retire.text')}
      call={{ method: 'DELETE', path: `/policies/${set.id}` }}
      action={t('policies.retire')}
      danger
      touched={POLICY_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('policies.retired', { name: set.name }))}
    />
  );
}

function PolicySetView({ set, search }: PageProps) {
  const navigate = useNavigate();
  const draft = useDraft(set.newest.document);
  const check = useLint(draft.text);
  const [seen, setSeen] = useState(set.version);
  const [open, setOpen] = useState<Open | null>(null);
  const tab = search.tab ?? 'document';
  const show = (next: SetSearch) => void navigate({ to: '/policies/$id', params: { id: set.id }, search: next, replace: true });
  const faulty = check.lint?.valid === false ? t('policies.faulty') : null;
  const content = {
    document: <DocumentEditor text={draft.text} onChange={draft.setText} check={check} />,
    versions: <VersionsTab {...{ set, search, show }} onActivate={(number) => setOpen({ act: 'activate', number })} />,
    shadow: <ShadowTab set={set} />,
    replay: <ReplayTab set={set} text={draft.text} isDirty={draft.isDirty} />,
    exemptions: <ExemptionsTab set={set} overridable={set.active !== null && isOverridable(set.active.document)} />,
  };
  return (
    <PageFrame
      title={set.name}
      eyebrow={<Trail>{set.name}</Trail>}
      facts={
        <>
          <StatusBadge value={set.status} />
          <span>
            {set.activeVersion === null
              ? t('policies.version.none')
              : t(set.activeVersion === set.version ? 'policies.version.force' : 'policies.version.behind', {
                  active: set.activeVersion,
                  newest: set.version,
                })}
          </span>
          {set.trial && <TrialBadge trial={set.trial} />}
          {draft.isDirty && <span className="font-medium text-warn">{t('policies.unsaved')}</span>}
          {set.description && <span className="basis-full">{set.description}</span>}
        </>
      }
      actions={<Acts {...{ set, search, faulty }} isDirty={draft.isDirty} onOpen={setOpen} />}
    >
      <Waiting targetId={set.id} />
      <Tabs
        label={t('policies.tabs')}
        value={tab}
        onChange={(next) => show(next === 'document' ? {} : { tab: next })}
        tabs={TABS.map((value) => ({ value, label: t(`policies.tab.${value}`), content: value === tab ? content[value] : null }))}
      />
      <Dialogs
        {...{ set, open, seen }}
        text={draft.text}
        onSeen={setSeen}
        onSaved={(saved) => {
          draft.settle(draft.text);
          setSeen(saved.version);
        }}
        onClose={() => setOpen(null)}
      />
    </PageFrame>
  );
}

/** One set: its text, versions, trial, replay and exemptions. */
export function PolicyPage({ id, search }: { id: string; search: SetSearch }) {
  const { data, error, refetch } = useQuery(policySetQuery(id));
  if (data) return <PolicySetView set={data} search={search} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('policies.title')}>
      <SkeletonText lines={10} />
    </PageFrame>
  );
}
