import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { Change, EmergencyUse } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { DeclareDialog } from './declare-dialog.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { UseFacts } from './use-facts.tsx';

/** The button on the page of a Change that waits for an approval. */
function DeclareButton({ change }: { change: Change }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger-quiet" icon={<TriangleAlert aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
        {t('changes.emergency')}
      </Button>
      {open && <DeclareDialog change={change} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What an emergency skipped, and its review. */
function UseCard({ change, use }: { change: Change; use: EmergencyUse }) {
  const [open, setOpen] = useState(false);
  const { allowed, reason } = change.actions.review;
  return (
    <Card
      title={
        <span className="flex items-center gap-1.5 text-bad">
          <TriangleAlert aria-hidden className="size-4" />
          {t('changes.emergency')}
        </span>
      }
      className="border-bad/45"
    >
      <div className="flex flex-col gap-3">
        <UseFacts use={use} />
        {!use.review && (
          <div>
            <Button size="sm" blocked={allowed ? null : reason} onClick={() => setOpen(true)}>
              {t('emergency.review.open.act')}
            </Button>
          </div>
        )}
      </div>
      {open && <ReviewDialog change={change} use={use} onClose={() => setOpen(false)} />}
    </Card>
  );
}

/** What the page of a Change says of emergencies: the way to skip what it waits for, or what was skipped. */
export const Emergency = ({ change }: { change: Change }) =>
  change.emergencyUse ? <UseCard change={change} use={change.emergencyUse} /> : <DeclareButton change={change} />;
