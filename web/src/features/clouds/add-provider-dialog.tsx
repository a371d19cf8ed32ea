import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTell } from '#features/review/submit.ts';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { checkForm, initialValue, OperationForm } from '#ui/operation-form/index.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Checks } from './checks.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { connectionInput, fieldErrors, kindIcons, kindSchema } from './kinds.ts';
import { CONNECTION_KINDS, type Connection, type ConnectionKind, type Validation } from './types.ts';

type Stage = 'kind' | 'fields' | 'checks';
type Fields = Record<string, unknown>;
const STAGES: readonly Stage[] = ['kind', 'fields', 'checks'];
const begin = (kind: ConnectionKind): Fields => initialValue(kindSchema(kind), kindSchema(kind)) as Fields;

/** Kind, settings, live checks of what was entered, and only then the connection itself. */
export function AddProviderDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const tell = useTell();
  const [stage, setStage] = useState<Stage>('kind');
  const [kind, setKind] = useState<ConnectionKind>('simulated');
  const [name, setName] = useState('');
  const [environment, setEnvironment] = useState('');
  const [fields, setFields] = useState<Fields>(() => begin('simulated'));
  const [missing, setMissing] = useState<Record<string, string>>({});
  const key = useRef(crypto.randomUUID());

  const validate = useMutation({
    mutationFn: () => request<Validation>('POST', '/cloud-providers/validate', { body: connectionInput(kind, fields) }),
    onError: (error) => Object.keys(errorsByPointer(toProblem(error))).length > 0 && setStage('fields'),
    // The credential must not stay in memory once the dialog is gone.
    gcTime: 0,
  });
  const create = useMutation({
    mutationFn: () =>
      run<Connection>(
        'POST',
        '/cloud-providers',
        { body: { name: name.trim(), environment: environment.trim() || null, ...connectionInput(kind, fields) } },
        { idempotencyKey: key.current },
      ),
    onSuccess: (outcome) => {
      tell(outcome, t('clouds.did.create', { name: name.trim() }));
      onClose();
      return client.invalidateQueries({ queryKey: ['/cloud-providers'] });
    },
    onError: (error) => {
      if (toProblem(error).status !== 0) key.current = crypto.randomUUID();
      if (Object.keys(errorsByPointer(toProblem(error))).length > 0) setStage('fields');
    },
    gcTime: 0,
  });

  const failed = create.error ?? validate.error;
  const errors = { ...fieldErrors(errorsByPointer(failed ? toProblem(failed) : null)), ...missing };
  const placed = Object.keys(errors).length > 0;
  const choose = (next: ConnectionKind) => {
    setKind(next);
    setFields(begin(next));
    setMissing({});
    validate.reset();
    create.reset();
  };
  const check = () => {
    const found = { ...checkForm(fields, kindSchema(kind), kindSchema(kind)), ...(name.trim() ? {} : { '/name': t('form.required') }) };
    setMissing(found);
    create.reset();
    if (Object.keys(found).length > 0) return;
    setStage('checks');
    validate.mutate();
  };
  const forward = () => (stage === 'kind' ? setStage('fields') : stage === 'fields' ? check() : create.mutate());
  const busy = validate.isPending || create.isPending;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('clouds.add')}
      description={t('clouds.add.stage', { now: STAGES.indexOf(stage) + 1, all: STAGES.length, what: t(`clouds.stage.${stage}`) })}
      footer={
        <>
          {stage === 'kind' ? (
            <Button onClick={onClose}>{t('action.cancel')}</Button>
          ) : (
            <Button onClick={() => setStage(STAGES[STAGES.indexOf(stage) - 1]!)}>{t('action.back')}</Button>
          )}
          {stage === 'checks' && validate.data && !validate.data.ok ? (
            <Button variant="primary" busy={busy} onClick={() => validate.mutate()}>
              {t('clouds.check.again')}
            </Button>
          ) : (
            <Button type="submit" form="add-provider" variant="primary" busy={busy} disabled={stage === 'checks' && !validate.data}>
              {t(stage === 'kind' ? 'newServer.next' : stage === 'fields' ? 'clouds.check' : 'clouds.connect')}
            </Button>
          )}
        </>
      }
    >
      <form
        id="add-provider"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) forward();
        }}
      >
        {failed && !placed && <ProblemView error={failed} />}
        {stage === 'kind' && (
          <ChoiceCards
            label={t('clouds.stage.kind')}
            value={kind}
            onChange={(next) => choose(next as ConnectionKind)}
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
        )}
        {stage === 'fields' && (
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
        )}
        {stage === 'checks' && validate.isPending && <SkeletonText lines={4} />}
        {stage === 'checks' && validate.data && !validate.isPending && <Checks validation={validate.data} />}
      </form>
    </Dialog>
  );
}
