import { t, type MessageKey } from '#lib/i18n.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Key } from '#ui/key.tsx';

const modifier = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';
const LIST: readonly [keys: string, text: MessageKey][] = [
  ['mod Z', 'builder.keys.undo'],
  ['mod Shift Z', 'builder.keys.redo'],
  ['A /', 'builder.keys.palette'],
  ['Enter', 'builder.keys.open'],
  ['Del', 'builder.keys.delete'],
  ['mod C', 'builder.keys.copy'],
  ['mod X', 'builder.keys.cut'],
  ['mod V', 'builder.keys.paste'],
  ['mod D', 'builder.keys.duplicate'],
  ['mod A', 'builder.keys.all'],
  ['mod S', 'builder.keys.save'],
  ['mod Shift S', 'builder.keys.publish'],
  ['mod Enter', 'builder.keys.run'],
  ['mod F', 'builder.keys.find'],
  ['0', 'builder.keys.fit'],
  ['1', 'builder.keys.full'],
  ['+ −', 'builder.keys.zoom'],
  ['Tab', 'builder.keys.next'],
  ['Shift Tab', 'builder.keys.previous'],
  ['← → ↑ ↓', 'builder.keys.move'],
  ['Alt ← →', 'builder.keys.along'],
  ['C', 'builder.keys.connect'],
  ['D', 'builder.keys.disable'],
  ['P', 'builder.keys.pin'],
  ['G', 'builder.keys.group'],
  ['Shift G', 'builder.keys.ungroup'],
  ['L', 'builder.keys.layout'],
  ['?', 'builder.keys.list'],
  ['Esc', 'builder.keys.close'],
];

/** What every key does. */
export const KeysDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onOpenChange={onClose} title={t('builder.keys')} width="lg">
    <dl className="grid grid-cols-1 gap-x-8 gap-y-1.5 sm:grid-cols-2">
      {LIST.map(([keys, text]) => (
        <div key={text} className="flex items-center justify-between gap-4 border-b border-line pb-1.5">
          <dt>{t(text)}</dt>
          <dd className="flex gap-1">
            <span className="sr-only">{keys.replace('mod', modifier)}</span>
            {keys.split(' ').map((key) => (
              <Key key={key}>{key === 'mod' ? modifier : key}</Key>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
