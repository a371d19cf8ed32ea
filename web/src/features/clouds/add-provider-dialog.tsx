import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { OperationForm } from '#ui/operation-form/index.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Checks } from './checks.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { kindIcons, kindSchema } from './kinds.ts';
import { CONNECTION_KINDS, type ConnectionKind } from './types.ts';
import { STAGES, useAddProvider, type AddProvider } from './use-add-provider.ts';

const KindStage = ({ adding }: { adding: AddProvider }) => (
  <ChoiceCards
    label={t('clouds.stage.kind')}
    value={adding.kind}
    onChange={(next) => adding.choose(next as ConnectionKind)}
    choices={CONNECTION_KINDS.map((value) => {
      const Icon = kindIcons[value];
      return {
        value,
        title: t(`kind.${value}`),
        help: t(`kind.${value}.help`),
        mark: <Icon aria-hidden className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />,
      };
    })}
  />
);

const FieldsStage = ({ adding: { name, setName, environment, setEnvironment, kind, fields, setFields, errors } }: { adding: AddProvider }) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('clouds.name')} help={t('clouds.name.help')} error={errors['/name']} required>
        {(control) => <Input {...control} autoFocus maxLength={64} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('servers.column.environment')} help={t('clouds.environment.help')} error={errors['/environment']} required={false}>
        {(control) => <Input {...control} maxLength={31} value={environment} onChange={(event) => setEnvironment(event.target.value)} />}
      </Field>
    </div>
    <OperationForm schema={kindSchema(kind)} value={fields} onChange={setFields} errors={errors} />
  </>
);

const NEXT = { kind: 'newServer.next', fields: 'clouds.check', checks: 'clouds.connect' } as const;

/** Back, and the one next act of the stage. */
const Foot = ({ adding: { stage, back, busy, validation, checkAgain }, onClose }: { adding: AddProvider; onClose: () => void }) => (
  <>
    <Button onClick={stage === 'kind' ? onClose : back}>{t(stage === 'kind' ? 'action.cancel' : 'action.back')}</Button>
    {stage === 'checks' && validation?.ok === false ? (
      <Button variant="primary" busy={busy} onClick={checkAgain}>
        {t('clouds.check.again')}
      </Button>
    ) : (
      <Button type="submit" form="add-provider" variant="primary" busy={busy} disabled={stage === 'checks' && !validation}>
        {t(NEXT[stage])}
      </Button>
    )}
  </>
);

/** Kind, settings, live checks of what was entered, and only then the connection itself. */
export function AddProviderDialog({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const adding = useAddProvider((outcome, name) => {
    tell(outcome, t('clouds.did.create', { name }));
    onClose();
  });
  const { stage, failed, checking, validation } = adding;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('clouds.add')}
      description={t('clouds.add.stage', { now: STAGES.indexOf(stage) + 1, all: STAGES.length, what: t(`clouds.stage.${stage}`) })}
      footer={<Foot adding={adding} onClose={onClose} />}
    >
      <form
        id="add-provider"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          adding.forward();
        }}
      >
        {failed && <ProblemView error={failed} />}
        {stage === 'kind' && <KindStage adding={adding} />}
        {stage === 'fields' && <FieldsStage adding={adding} />}
        {stage === 'checks' && checking && <SkeletonText lines={4} />}
        {stage === 'checks' && validation && <Checks validation={validation} />}
      </form>
    </Dialog>
  );
}
