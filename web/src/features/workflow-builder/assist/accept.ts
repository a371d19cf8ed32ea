import type { QueryClient } from '@tanstack/react-query';
import { t } from '#lib/i18n.ts';
import { run as call } from '#lib/api.ts';
import { toast } from '#ui/toast.tsx';
import { accepted, settingsOf } from '#features/workflows/ai/proposal-rules.ts';
import type { Proposal } from '#features/workflows/ai/types.ts';
import type { Session } from '../state/use-session.ts';
import { edit, go } from '../state/store.ts';
import { placed } from './place.ts';

/** Settings are no part of the graph that the builder keeps: they go to the server by themselves, after what is drawn. */
async function sendSettings({ store, saver }: Session, set: object): Promise<void> {
  await saver.flush();
  const { workflowId, revision } = store.get();
  const outcome = await call<{ revision: number }>('PATCH', `/workflows/${workflowId}`, { body: { ops: [{ op: 'updateSettings', set }] } }, { ifMatch: revision }); // prettier-ignore
  if (outcome.status === 'done') store.set({ revision: outcome.output.revision });
}

/**
 * Takes over what was accepted of proposed edits as one step, which one undo takes back. False when nothing of it fits any more;
 * throws what the server says of settings.
 */
export async function accept(session: Session, client: QueryClient, proposals: readonly Proposal[], chosen: ReadonlySet<number>): Promise<boolean> {
  const { store } = session;
  const { doc, left } = accepted(store.get().past.doc, proposals, chosen);
  const settings = settingsOf(proposals, chosen);
  const done = edit(store, t('assist.step'), (now) => placed(now, doc, store.get().types.size));
  if (settings) {
    await sendSettings(session, settings);
    void client.invalidateQueries({ queryKey: ['/workflows'] });
  }
  const count = chosen.size - left.length;
  if (!done && !settings) {
    toast.warned(t('assist.stale'), t('assist.stale.text'));
    return false;
  }
  const undo = done ? { action: { label: t('builder.keys.undo'), onClick: () => go(store, 'undo') } } : {};
  toast.done(t('assist.accepted', { count }), { ...(left.length > 0 ? { description: t('assist.left', { count: left.length }) } : {}), ...undo });
  return true;
}
