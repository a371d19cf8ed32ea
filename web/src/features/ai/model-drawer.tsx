import { useState, type ComponentType } from 'react';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { EditModel, ForgetModel, SwitchModel } from './model-dialogs.tsx';
import { TryModel } from './try-model.tsx';
import type { Model } from './types.ts';

type Act = 'edit' | 'switch' | 'forget';
const DIALOGS: Record<Act, ComponentType<{ model: Model; onClose: () => void }>> = { edit: EditModel, switch: SwitchModel, forget: ForgetModel };

/** One model: what is known of it, a question to try it with, and what can be said of it otherwise. */
export function ModelDrawer({ model, onClose }: { model: Model; onClose: () => void }) {
  const [act, setAct] = useState<Act | null>(null);
  const manages = useBlocked('ai:manage');
  const { id, label, kind, context, price, unavailable, enabled, own, overridden } = model;
  const Dialog = act && DIALOGS[act];
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={label}
      description={<code className="text-xs [overflow-wrap:anywhere]">{id}</code>}
      footer={
        <>
          {(own || overridden) && (
            <Button variant={own ? 'danger-quiet' : 'secondary'} blocked={manages} onClick={() => setAct('forget')}>
              {t(own ? 'ai.model.remove' : 'ai.model.reset')}
            </Button>
          )}
          <Button blocked={manages} onClick={() => setAct('switch')}>
            {t(enabled ? 'ai.provider.off' : 'ai.provider.on')}
          </Button>
          <Button variant="primary" blocked={manages} onClick={() => setAct('edit')}>
            {t('ai.model.edit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 p-5">
        {unavailable !== null && (
          <div role="status" className="rounded-md bg-warn-wash px-3 py-2">
            <p className="font-medium">{t('ai.model.unavailable')}</p>
            <p className="text-ink-2">{unavailable}</p>
          </div>
        )}
        <KeyValues
          rows={[
            [t('ai.model.kind'), t(`ai.model.kind.${kind}`)],
            [t('ai.model.context'), context === null ? t('ai.model.context.none') : t('ai.model.tokens', { count: context, shown: number(context) })],
            [t('ai.model.input'), price ? dollars(price.input) : t('ai.model.price.none')],
            [t('ai.model.output'), price ? dollars(price.output) : null],
          ]}
        />
        {kind === 'chat' && unavailable === null && <TryModel id={id} />}
      </div>
      {Dialog && <Dialog model={model} onClose={() => setAct(null)} />}
    </Drawer>
  );
}
