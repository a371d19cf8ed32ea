import { WandSparkles, X } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { Session } from '../state/use-session.ts';
import { useBuilder } from '../state/store.ts';
import { assistOpen } from '../view.ts';
import { ExplainTab } from './explain-tab.tsx';
import { OptimiseTab } from './optimise-tab.tsx';
import { RefineTab } from './refine-tab.tsx';
import type { Assisted } from './use-assist.ts';

/** Help with the graph in words: change it, explain it, make it better. What is proposed waits for a person, and one undo takes it back. */
export function AssistPanel({ session, assisted }: { session: Session; assisted: Assisted }) {
  const readOnly = useBuilder((state) => state.readOnly);
  const { face, onFace, optimising, explaining } = assisted;
  const refine = { value: 'refine' as const, label: t('assist.refine'), content: <RefineTab session={session} assisted={assisted} /> };
  const tabs = [
    ...(readOnly ? [] : [refine]),
    { value: 'optimise' as const, label: t('assist.optimise'), content: <OptimiseTab session={session} asking={optimising} /> },
    { value: 'explain' as const, label: t('assist.explain'), content: <ExplainTab asking={explaining} /> },
  ];
  return (
    <section aria-label={t('assist')} className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex items-center gap-1.5 border-b border-line px-4 py-2">
        <WandSparkles aria-hidden className="size-4 shrink-0 text-ink-2" />
        <h2 className="min-w-0 flex-1 truncate font-semibold">{t('assist')}</h2>
        <Button size="icon-sm" variant="ghost" aria-label={t('assist.close')} onClick={() => assistOpen.set(false)}>
          <X aria-hidden className="size-4" />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-6">
        <Tabs label={t('assist')} value={face} onChange={onFace} tabs={tabs} />
      </div>
    </section>
  );
}
