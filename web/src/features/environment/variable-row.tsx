import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useEscape } from '#features/dns/use-escape.ts';
import type { Call } from '#features/review/call.ts';
import { useTell } from '#features/review/submit.ts';
import { valueFault } from '#features/secrets/rules.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Time } from '#ui/time.tsx';
import { useLine } from './api.ts';
import type { Variable } from './types.ts';
import { isVariableType, VariableValue } from './value-input.tsx';

const Shown = ({ variable: { value, name } }: { variable: Variable }) =>
  value === null ? (
    <span className="text-ink-3">
      <span aria-hidden>••••••••</span>
      <span className="sr-only">{t('vars.hidden')}</span>
    </span>
  ) : (
    <span className="flex min-w-0 items-start gap-1">
      <code className="line-clamp-3 text-xs leading-6 [overflow-wrap:anywhere]">{value}</code>
      <CopyButton text={value} label={t('vars.copy', { name })} />
    </span>
  );

/** Another value or description, in the place of the line. The value of type secret is not there to be edited: it is entered anew. */
function EditLine({ variable, onClose }: { variable: Variable; onClose: () => void }) {
  const tell = useTell();
  const form = useEscape<HTMLFormElement>(onClose);
  const [value, setValue] = useState(variable.value ?? '');
  const [description, setDescription] = useState(variable.description);
  const type = isVariableType(variable.type) ? variable.type : 'text';
  const call = (): Call | null => {
    const body = {
      ...(value !== '' && value !== variable.value ? { value } : {}),
      ...(description.trim() === variable.description ? {} : { description: description.trim() }),
    };
    if (Object.keys(body).length === 0 || valueFault(type, value) || (value === '' && variable.value !== null)) return null;
    return { method: 'PATCH', path: `/env-vars/${variable.id}`, body, ifMatch: variable.version };
  };
  const { send, isPending, error } = useLine(call, (outcome) => {
    tell(outcome, t('vars.edited', { name: variable.name }));
    onClose();
  });
  const errors = errorsByPointer(error && toProblem(error));
  return (
    <form
      ref={form}
      autoComplete="off"
      aria-label={t('vars.edit.of', { name: variable.name })}
      className="flex w-full flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="font-mono text-sm font-medium [overflow-wrap:anywhere]">{variable.name}</p>
      {error && <ProblemView error={error} placed={(pointer) => pointer in errors} />}
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <VariableValue type={type} value={value} onChange={setValue} error={errors['/value']} autoFocus />
        <Field label={t('secrets.description')} error={errors['/description']} required={false}>
          {(control) => <Input {...control} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />}
        </Field>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={isPending} disabled={call() === null}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

export interface VariableRowProps {
  variable: Variable;
  /** Environments whose own value goes before this one. */
  overridden: readonly string[];
  onDelete: (variable: Variable) => void;
}
export function VariableRow({ variable, overridden, onDelete }: VariableRowProps) {
  const [editing, setEditing] = useState(false);
  const blocked = useBlocked('secrets:write');
  const edit = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    // The button comes back with the line, a moment later.
    requestAnimationFrame(() => edit.current?.focus());
  };
  const { name } = variable;
  if (editing)
    return (
      <li className="bg-sunken px-4 py-3">
        <EditLine variable={variable} onClose={close} />
      </li>
    );
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 md:items-center gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_8rem_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-mono text-sm font-medium [overflow-wrap:anywhere]">{name}</span>
          {variable.type !== 'text' && <Badge tone="outline">{t(`secrets.type.${variable.type}`)}</Badge>}
          {overridden.length > 0 && <Badge tone="outline">{t('vars.overridden', { names: overridden.join(', ') })}</Badge>}
        </p>
        {variable.description && <p className="text-xs text-ink-2">{variable.description}</p>}
      </div>
      <div className="min-w-0 max-md:col-start-1 max-md:row-start-2">
        <Shown variable={variable} />
      </div>
      <span className="text-xs leading-6 text-ink-3 max-md:col-start-1 max-md:row-start-3">
        <Time at={variable.updatedAt} />
      </span>
      <span className="flex gap-1 max-md:col-start-2 max-md:row-start-1">
        <Button ref={edit} size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('vars.edit.of', { name })} onClick={() => setEditing(true)}>
          <Pencil aria-hidden className="size-3.5" />
        </Button>
        <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('vars.delete.of', { name })} onClick={() => onDelete(variable)}>
          <Trash2 aria-hidden className="size-3.5" />
        </Button>
      </span>
    </li>
  );
}
