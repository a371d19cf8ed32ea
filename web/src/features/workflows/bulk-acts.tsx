import { useQueryClient } from '@tanstack/react-query';
import { Archive, Pause } from 'lucide-react';
import { useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { toast } from '#ui/toast.tsx';
import { TOUCHED } from './api.ts';
import type { WorkflowSummary } from './types.ts';

type BulkAct = 'pause' | 'archive';
const fits = (act: BulkAct, { status }: WorkflowSummary): boolean => (act === 'pause' ? status === 'active' : status !== 'archived');

/** Pauses or archives what is chosen, one after the other; each is a Change of its own. */
export function BulkActs({ chosen, clear }: { chosen: readonly WorkflowSummary[]; clear: () => void }) {
  const client = useQueryClient();
  const [act, setAct] = useState<BulkAct | null>(null);
  const blocked = { pause: useBlocked('workflows:publish'), archive: useBlocked('workflows:delete') };
  const concerned = act ? chosen.filter((one) => fits(act, one)) : [];
  const go = async (): Promise<void> => {
    if (!act) return;
    const refused: string[] = [];
    let waiting = 0;
    for (const { id, name } of concerned) {
      const outcome = await run('POST', `/workflows/${id}/${act}`, { body: {} }).catch((error: unknown) => {
        refused.push(`${name}: ${toProblem(error).message}`);
        return null;
      });
      if (outcome?.status === 'accepted') waiting += 1;
    }
    const keys = new Set(['/changes', ...TOUCHED]);
    await client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
    if (refused.length > 0) throw new Error(refused.join('\n'));
    toast.done(t(`workflows.bulk.${act}.done`, { count: concerned.length }), waiting > 0 ? { description: t('workflows.bulk.waiting', { count: waiting }) } : {}); // prettier-ignore
    clear();
  };
  return (
    <>
      <Button size="sm" blocked={blocked.pause} icon={<Pause aria-hidden className="size-3.5" />} onClick={() => setAct('pause')}>
        {t('workflows.pause')}
      </Button>
      <Button size="sm" blocked={blocked.archive} icon={<Archive aria-hidden className="size-3.5" />} onClick={() => setAct('archive')}>
        {t('workflows.archive')}
      </Button>
      {act && (
        <Confirm
          open
          onOpenChange={(open) => !open && setAct(null)}
          title={t(`workflows.bulk.${act}`, { count: concerned.length })}
          action={t(`workflows.${act}`)}
          danger={act === 'archive'}
          onConfirm={go}
        >
          <p>{t(`workflows.${act}.text`)}</p>
          <ul className="mt-2 max-h-40 list-disc overflow-y-auto ps-5">
            {concerned.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          {concerned.length < chosen.length && (
            <p className="mt-2 text-ink-3">{t('workflows.bulk.left', { count: chosen.length - concerned.length })}</p>
          )}
        </Confirm>
      )}
    </>
  );
}
