import { Fragment } from 'react';
import { useQuery } from '@tanstack/react-query';
import { manifestQuery } from '#lib/manifest.ts';
import { t } from '#lib/i18n.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { InputStage } from './input-stage.tsx';
import { closeOperation, useOpenOperation, type OpenOperation } from './open.ts';
import { PlanStage } from './plan-stage.tsx';
import { ResultStage } from './result-stage.tsx';
import { hasPlan } from './has-plan.ts';
import { useRunner } from './runner.ts';
import { StageBar } from './stage-bar.tsx';

function Running({ operation, opened }: { operation: ManifestOperation; opened: OpenOperation }) {
  const runner = useRunner(operation, opened);
  const { stage, busy, plan } = runner;
  const footer = {
    input: (
      <>
        <Button onClick={closeOperation}>{t('action.cancel')}</Button>
        <Button variant="primary" type="submit" form="operation" busy={busy}>
          {t(hasPlan(operation) ? 'run.preview' : 'run.now')}
        </Button>
      </>
    ),
    plan: (
      <>
        <Button disabled={busy} onClick={runner.edit}>
          {t('run.edit')}
        </Button>
        <Button variant={plan?.plan.dataLoss ? 'danger' : 'primary'} busy={busy} onClick={runner.submit}>
          {t(plan && plan.requirements.length > 0 ? 'run.request' : 'run.apply')}
        </Button>
      </>
    ),
    result: (
      <>
        <Button onClick={runner.edit}>{t('run.again')}</Button>
        <Button variant="primary" onClick={closeOperation}>
          {t('action.close')}
        </Button>
      </>
    ),
  }[stage];

  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && closeOperation()}
      title={operation.summary}
      description={
        <span className="flex flex-wrap items-center gap-2">
          <code className="text-xs">{operation.name}</code>
          <RiskBadge risk={operation.risk} />
        </span>
      }
      step={stage}
      // Keyed, so that the focus never stays where the button of the step before was: a second Enter must not submit.
      footer={<Fragment key={stage}>{footer}</Fragment>}
    >
      {hasPlan(operation) && <StageBar stage={stage} />}
      {stage === 'input' && <InputStage operation={operation} runner={runner} />}
      {stage === 'plan' && plan && <PlanStage preview={plan} runner={runner} />}
      {stage === 'result' && runner.outcome && <ResultStage operation={operation} outcome={runner.outcome} />}
    </Drawer>
  );
}

/** The form of whichever Operation was opened, over the page. Lives once in the shell. */
export function OperationDrawer() {
  const opened = useOpenOperation();
  const manifest = useQuery({ ...manifestQuery, enabled: opened !== null });
  if (!opened) return null;
  const operation = manifest.data?.operations.find(({ name }) => name === opened.name);
  if (operation) return <Running key={JSON.stringify([opened.name, opened.input])} operation={operation} opened={opened} />;
  return (
    <Drawer open width="lg" onOpenChange={(open) => !open && closeOperation()} title={opened.name}>
      <div className="p-5">
        {manifest.error ? (
          <ProblemView error={manifest.error} retry={() => void manifest.refetch()} />
        ) : manifest.data ? (
          <p>{t('run.unknown', { name: opened.name })}</p>
        ) : (
          <SkeletonText lines={5} />
        )}
      </div>
    </Drawer>
  );
}
