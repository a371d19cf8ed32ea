import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import type { MemoryDetail, Revealed } from './types.ts';

const Text = ({ text }: { text: string }) => <p className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>;

/** What a secret one says is asked for, and that it was is kept in the trail; it is not kept here beyond the page. */
function Sealed({ id }: { id: string }) {
  const blocked = useBlocked('memory:reveal');
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: () => request<Revealed>('GET', `/memories/${id}/content`),
    gcTime: 0,
  });
  return (
    <div className="flex flex-col items-start gap-3">
      {data ? <Text text={data.content} /> : <p className="text-ink-2">{t('memory.sealed.text')}</p>}
      {error && <ProblemView error={error} />}
      {data ? (
        <Button size="sm" icon={<EyeOff aria-hidden className="size-3.5" />} onClick={reset}>
          {t('memory.hide')}
        </Button>
      ) : (
        <Button size="sm" blocked={blocked} busy={isPending} icon={<Eye aria-hidden className="size-3.5" />} onClick={() => mutate()}>
          {t('memory.reveal')}
        </Button>
      )}
    </div>
  );
}

/** What it says. */
export const ContentCard = ({ memory }: { memory: MemoryDetail }) => (
  <Card title={t('memory.content')}>
    {memory.content === null ? <Sealed id={memory.id} /> : <Text text={memory.content} />}
    {memory.summary && (
      <>
        <h3 className="mt-4 mb-1 text-xs font-medium text-ink-3">{t('memory.summary')}</h3>
        <Text text={memory.summary} />
      </>
    )}
  </Card>
);
