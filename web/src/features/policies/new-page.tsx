import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Select } from '#ui/select.tsx';
import { POLICY_LISTS, useLint } from './api.ts';
import { DocumentEditor } from './document-editor.tsx';
import { TEMPLATE_NAMES, type TemplateName } from './search.ts';
import { TEMPLATES } from './templates.ts';
import { Trail } from './trail.tsx';
import type { PolicySetDetail } from './types.ts';
import { useDraft } from './use-draft.ts';

const CHOICES = ['empty', ...TEMPLATE_NAMES] as const;

/** A set that is not saved yet, begun from a template. */
export function NewPolicyPage({ from }: { from: TemplateName | undefined }) {
  const navigate = useNavigate();
  const tell = useTell();
  const blocked = useBlocked('policies:write');
  const draft = useDraft(TEMPLATES[from ?? 'empty']);
  const check = useLint(draft.text);
  const [open, setOpen] = useState(false);
  const faulty = check.lint?.valid === false ? t('policies.faulty') : null;
  return (
    <PageFrame
      title={t('policies.create')}
      eyebrow={<Trail>{t('policies.create')}</Trail>}
      facts={t('policies.create.text')}
      actions={
        <>
          <span className="w-56">
            <Select
              aria-label={t('policies.begin')}
              value={from ?? 'empty'}
              onChange={(next) => {
                draft.settle(TEMPLATES[next]);
                void navigate({ to: '/policies/new', search: next === 'empty' ? {} : { from: next }, replace: true });
              }}
              choices={CHOICES.map((value) => ({ value, label: t(`policies.starter.${value}`), ...(draft.isDirty ? { disabled: true } : {}) }))}
            />
          </span>
          <Button variant="primary" blocked={blocked ?? faulty} onClick={() => setOpen(true)}>
            {t('policies.save.draft')}
          </Button>
        </>
      }
    >
      <DocumentEditor text={draft.text} onChange={draft.setText} check={check} />
      {open && (
        <ReviewDialog<PolicySetDetail>
          title={t('policies.create')}
          description={t('policies.save.text')}
          call={{ method: 'POST', path: '/policies', body: { document: draft.text } }}
          action={t('action.save')}
          touched={POLICY_LISTS}
          onClose={() => setOpen(false)}
          onOutcome={(outcome) => {
            tell(outcome, t('policies.created'));
            if (outcome.status !== 'done') return;
            draft.settle(draft.text);
            void navigate({ to: '/policies/$id', params: { id: outcome.output.id } });
          }}
        />
      )}
    </PageFrame>
  );
}
