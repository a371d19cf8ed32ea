import { Plus } from 'lucide-react';
import { t, type MessageKey } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { useActs } from './api.ts';

/** The one act of a list; `n` presses the one that stands above it. */
export function AddButton({
  name,
  label,
  input,
  hotkey,
}: {
  name: `exchange.${string}`;
  label: MessageKey;
  input?: Record<string, unknown>;
  hotkey?: boolean;
}) {
  const { open } = useActs();
  const blocked = useBlocked('exchange:manage');
  return (
    <Button
      variant="primary"
      blocked={blocked}
      icon={<Plus aria-hidden className="size-3.5" />}
      {...(hotkey ? { 'data-hotkey': 'n' } : {})}
      onClick={() => open(name, input)}
    >
      {t(label)}
    </Button>
  );
}
