import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FlaskConical, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import type { Begun, WorkflowPlan } from '#features/executions/types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { JsonSchema } from '#lib/schema.ts';
import type { Json } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { checkForm, initialValue, OperationForm, prune } from '#ui/operation-form/index.ts';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { inputSchemaOf, keepInput, lastInput } from './inputs.ts';
import { PlanResult } from './plan-result.tsx';
import type { Workflow } from './types.ts';

type Input = Record<string, Json>;
interface FormProps {
  workflow: Pick<Workflow, 'id' | 'name' | 'activeVersion'>;
  schema: JsonSchema | null;
  onClose: () => void;
}

/** Inputs without a schema are any JSON object. */
function FreeInput({ text, error, onChange }: { text: string; error: string | undefined; onChange: (text: string) => void }) {
  return (
    <Field label={t('workflows.run.input')} help={t('workflows.run.input.help')} error={error} required={false}>
      {(control) => <Textarea {...control} mono rows={6} spellCheck={false} value={text} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** Reads JSON that has to be an object; null when it is not. */
const objectOf = (text: string): Input | null => {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : null;
  } catch {
    return null;
  }
};

function useInput(workflowId: string, schema: JsonSchema | null) {
  const [value, setValue] = useState<Record<string, unknown>>(() => ({
    ...(schema ? (initialValue(schema, schema) as Input) : {}),
    ...lastInput(workflowId),
  }));
  const [text, setText] = useState(() => {
    const last = schema ? null : lastInput(workflowId);
    return last && Object.keys(last).length > 0 ? JSON.stringify(last, null, 2) : '';
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** The input to send, or null when something is wrong with it. */
  const read = (): Input | null => {
    if (!schema) {
      const input = objectOf(text);
      setErrors(input ? {} : { '': t('workflows.run.input.bad') });
      return input;
    }
    const clean = prune(value, schema, schema) as Input;
    const found = checkForm(clean, schema, schema);
    setErrors(found);
    return Object.keys(found).length > 0 ? null : clean;
  };
  return { value, setValue, text, setText, errors, setErrors, read };
}

function Form({ workflow, schema, onClose }: FormProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const input = useInput(workflow.id, schema);
  const key = useRef(crypto.randomUUID());
  const debug = useBlocked('workflows:debug');
  const running = useMutation({
    mutationFn: (inputs: Input) =>
      run<Begun>('POST', `/workflows/${workflow.id}/execute`, { body: { inputs, options: workflow.activeVersion === null ? { version: 'draft' } : {} } }, { idempotencyKey: key.current }),
    onSuccess: (outcome, inputs) => {
      keepInput(workflow.id, schema, inputs);
      void client.invalidateQueries({ predicate: ({ queryKey }) => ['/executions', '/workflows'].includes(String(queryKey[0])) });
      if (outcome.status === 'done') void navigate({ to: '/executions/$id', params: { id: outcome.output.execution.id } });
    },
    onError: (error) => {
      const problem = toProblem(error);
      if (problem.status !== 0) key.current = crypto.randomUUID();
      input.setErrors(errorsByPointer(problem));
    },
  }); // prettier-ignore
  const planning = useMutation({
    mutationFn: (inputs: Input) => request<WorkflowPlan>('POST', `/workflows/${workflow.id}/plan`, { body: { inputs } }),
    onSuccess: (_plan, inputs) => keepInput(workflow.id, schema, inputs),
  });
  const begin = (act: typeof running.mutate | typeof planning.mutate): void => {
    const inputs = input.read();
    if (inputs) act(inputs);
  };
  const error = running.error ?? planning.error;
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('workflows.run.of', { name: workflow.name })}
      description={workflow.activeVersion === null ? t('workflows.run.draft') : t('workflows.run.version', { number: workflow.activeVersion })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button blocked={debug} busy={planning.isPending} icon={<FlaskConical aria-hidden className="size-3.5" />} onClick={() => begin(planning.mutate)}>
            {t('workflows.dryRun')}
          </Button>
          <Button variant="primary" busy={running.isPending} icon={<Play aria-hidden className="size-3.5" />} onClick={() => begin(running.mutate)}>
            {t('workflows.run')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          begin(running.mutate);
        }}
      >
        {schema ? (
          <OperationForm schema={schema} value={input.value} onChange={input.setValue} errors={input.errors} />
        ) : (
          <FreeInput text={input.text} error={input.errors['']} onChange={input.setText} />
        )}
        {error && <ProblemView error={error} />}
        {planning.data && <PlanResult plan={planning.data} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
} // prettier-ignore

/** Runs a workflow, with what its trigger asks for; or tells first what a run would do. */
export function RunDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const { id, activeVersion, draft } = workflow;
  const version = useQuery({
    queryKey: ['/workflows', 'version', id, activeVersion],
    queryFn: ({ signal }) => request<{ graph: Graph }>('GET', `/workflows/${id}/versions/${activeVersion}`, { signal }),
    enabled: activeVersion !== null,
  });
  if (activeVersion === null) return <Form workflow={workflow} schema={inputSchemaOf(draft)} onClose={onClose} />;
  if (version.data) return <Form workflow={workflow} schema={inputSchemaOf(version.data.graph)} onClose={onClose} />;
  return (
    <Dialog open width="lg" onOpenChange={(open) => !open && onClose()} title={t('workflows.run.of', { name: workflow.name })}>
      <Loaded query={version}>{() => null}</Loaded>
    </Dialog>
  );
}
