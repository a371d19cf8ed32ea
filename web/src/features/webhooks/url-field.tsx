import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { planQuery } from '#features/review/call.ts';
import { useSettled } from '#features/review/settled.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { addressFault } from './address.ts';

/** What the server says of an address, asked by the plan of an endpoint that would have it and hear of everything. */
function useServersWord(url: string, wanted: boolean) {
  const call = { method: 'POST' as const, path: '/webhooks', body: { name: `check ${url.slice(0, 60)}`, url, events: ['*'] } };
  const { error, isFetching } = useQuery({ ...planQuery(call), enabled: wanted });
  const problem = error ? toProblem(error) : null;
  // Whatever else it would refuse is not this field's affair.
  const fault = problem && (errorsByPointer(problem)['/url'] ?? (problem.slug === 'webhook-target-forbidden' ? problem.message : null));
  return { fault: fault ?? null, isFetching };
}

/** How an address is doing: nothing yet, looked into, fine, or why it cannot be. */
type Standing = { of: 'empty' | 'asking' | 'fine' } | { of: 'faulty'; fault: string };

function useStanding(url: string, error: string | undefined): Standing {
  const settled = useSettled(url);
  const own = addressFault(url);
  const word = useServersWord(settled, settled !== '' && addressFault(settled) === null);
  if (url === '') return { of: 'empty' };
  if (settled !== url) return { of: 'asking' };
  const fault = own === null ? (word.fault ?? error) : t(`webhooks.url.${own}`);
  if (fault) return { of: 'faulty', fault };
  return { of: word.isFetching ? 'asking' : 'fine' };
}

const Mark = ({ of }: Pick<Standing, 'of'>) => (
  <span role="status" className="flex items-center gap-1">
    {of === 'asking' && <Spinner />}
    {of === 'fine' && (
      <>
        <CircleCheck aria-hidden className="size-3 text-good" />
        {t('webhooks.url.fine')}
      </>
    )}
  </span>
);

export interface UrlFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}
/** Where deliveries go: judged while one types, first here and then by the server. */
export function UrlField({ value, onChange, error }: UrlFieldProps) {
  const standing = useStanding(value.trim(), error);
  return (
    <Field
      label={t('webhooks.url')}
      help={t('webhooks.url.help')}
      required
      error={standing.of === 'faulty' ? standing.fault : undefined}
      aside={<Mark of={standing.of} />}
    >
      {(control) => (
        <Input
          {...control}
          type="url"
          mono
          required
          maxLength={2_000}
          autoComplete="off"
          spellCheck={false}
          placeholder="https://hooks.example.com/switchyard"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
