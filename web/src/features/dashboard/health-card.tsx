import { useQuery } from '@tanstack/react-query';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { unreachable } from '#lib/problem.ts';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';

interface Health {
  status: string;
  components: Record<string, string>;
}
/** Outside the API: probes answer 503 with the same body when something is down, and that is what one wants to see. */
const health = (signal: AbortSignal): Promise<Health> =>
  fetch('/health', { signal, headers: { accept: 'application/json' } }).then(
    (response) => response.json() as Promise<Health>,
    (cause: unknown) => {
      throw unreachable(cause);
    },
  );

const nameOf = (component: string): string => {
  const key = `dashboard.health.${component}`;
  return hasText(key) ? t(key) : words(component);
};

/** Whether the installation itself is well. */
export function HealthCard() {
  const { data, error, refetch } = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => health(signal), refetchInterval: 30_000 });
  return (
    <Card title={t('dashboard.health')} aside={data && <State of="resource" value={data.status} />}>
      {data ? (
        <KeyValues
          rows={Object.entries(data.components).map(([name, state]) => [
            nameOf(name),
            <State key={name} of="resource" variant="plain" value={state} />,
          ])}
        />
      ) : error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonText lines={1} />
      )}
    </Card>
  );
}
