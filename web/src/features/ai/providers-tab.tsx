import { useQuery } from '@tanstack/react-query';
import { Plus, Sparkles } from 'lucide-react';
import { useState, type ComponentType } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { providersQuery } from './api.ts';
import { ProviderCard } from './provider-card.tsx';
import { AddProvider, DeleteProvider, EditProvider, SwitchProvider } from './provider-dialogs.tsx';
import type { Provider } from './types.ts';

export type ProviderAct = 'edit' | 'switch' | 'delete';
const DIALOGS: Record<ProviderAct, ComponentType<{ provider: Provider; onClose: () => void }>> = {
  edit: EditProvider,
  switch: SwitchProvider,
  delete: DeleteProvider,
};

/** Opens the form of a new provider. */
export function AddProviderButton({ hotkey = false }: { hotkey?: boolean }) {
  const [adding, setAdding] = useState(false);
  const blocked = useBlocked('ai:manage');
  return (
    <>
      <Button
        variant="primary"
        blocked={blocked}
        icon={<Plus aria-hidden className="size-3.5" />}
        {...(hotkey ? { 'data-hotkey': 'n' } : {})}
        onClick={() => setAdding(true)}
      >
        {t('ai.provider.add')}
      </Button>
      {adding && <AddProvider onClose={() => setAdding(false)} />}
    </>
  );
}

/** Who is asked, with which key, and whether they answer. */
export function ProvidersTab() {
  const providers = useQuery(providersQuery);
  const [open, setOpen] = useState<{ act: ProviderAct; provider: Provider } | null>(null);
  const Dialog = open && DIALOGS[open.act];
  return (
    <Loaded query={providers} lines={6}>
      {(items) =>
        items.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface">
            <EmptyState icon={Sparkles} title={t('ai.empty')} action={<AddProviderButton />}>
              {t('ai.empty.text')}
            </EmptyState>
          </div>
        ) : (
          <>
            <ul className="grid items-stretch gap-4 md:grid-cols-2 2xl:grid-cols-3">
              {items.map((provider) => (
                <li key={provider.id} className="flex min-w-0">
                  <ProviderCard provider={provider} onAct={(act) => setOpen({ act, provider })} />
                </li>
              ))}
            </ul>
            {open && Dialog && <Dialog provider={open.provider} onClose={() => setOpen(null)} />}
          </>
        )
      }
    </Loaded>
  );
}
