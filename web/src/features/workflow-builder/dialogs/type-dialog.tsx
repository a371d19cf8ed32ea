import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { replaceType } from '../graph/acts.ts';
import { seedOf } from '../state/make-types.ts';
import { edit, useBuilder, useStore } from '../state/store.ts';

/** Another type for the chosen node; fields and lines that fit the new type stay. */
export function TypeDialog({ onClose }: { onClose: () => void }) {
  const store = useStore();
  const types = useBuilder((state) => state.types);
  const node = useBuilder(({ selection, past }) => past.doc.nodes[[...selection][0] ?? '']);
  const [chosen, setChosen] = useState('');
  const type = types.of(chosen);
  const replace = () => {
    if (!node || !type) return;
    const fields = new Set(Object.keys(type.schema.properties ?? {}));
    edit(store, t('builder.step.type', { type: type.label }), (doc) => replaceType(doc, node.id, seedOf(type), fields, types.ports));
    onClose();
  };
  const choices = types.all
    .filter((each) => each.allowed && each.type !== node?.type)
    .map(({ type: value, label, summary }) => ({ value, label, hint: summary }));
  return (
    <Dialog
      open={node !== undefined}
      onOpenChange={onClose}
      title={t('builder.type.of', { name: node?.name ?? '' })}
      description={t('builder.type.text')}
      footer={
        <Button variant="primary" disabled={!type} onClick={replace}>
          {t('builder.type.replace')}
        </Button>
      }
    >
      <Field label={t('builder.type')}>{(control) => <Combobox control={control} choices={choices} value={chosen} onChange={setChosen} />}</Field>
    </Dialog>
  );
}
