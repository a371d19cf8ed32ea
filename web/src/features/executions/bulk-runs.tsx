import { useQueryClient } from '@tanstack/react-query';
import { Ban, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { BulkDialog, type BulkAct } from './bulk-dialog.tsx';
import type { ExecutionSummary } from './types.ts';

/** Runs again or cancels what is chosen, having said first what that comes to. */
export function BulkRuns({ chosen, clear }: { chosen: readonly ExecutionSummary[]; clear: () => void }) {
  const client = useQueryClient();
  const [act, setAct] = useState<BulkAct | null>(null);
  const blocked = { retry: useBlocked('executions:retry'), cancel: useBlocked('executions:cancel') };
  return (
    <>
      <Button size="sm" blocked={blocked.retry} icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={() => setAct('retry')}>
        {t('executions.retry')}
      </Button>
      <Button size="sm" blocked={blocked.cancel} icon={<Ban aria-hidden className="size-3.5" />} onClick={() => setAct('cancel')}>
        {t('executions.cancel')}
      </Button>
      {act && (
        <BulkDialog
          act={act}
          ids={chosen.map(({ id }) => id)}
          onClose={() => setAct(null)}
          onDone={() => {
            clear();
            void client.invalidateQueries({ queryKey: ['/executions'] });
          }}
        />
      )}
    </>
  );
}
