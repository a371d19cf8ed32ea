import { useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { OperationForm } from '#ui/operation-form/index.ts';
import type { GraphNode, NodeSettings } from '../types.ts';
import { changeNode } from '../graph/acts.ts';
import { edit, useBuilder, useDoc, useStore } from '../state/store.ts';

const whole = (title: string, help: string | undefined, minimum: number, maximum: number): JsonSchema => ({
  type: 'integer',
  title,
  ...(help === undefined ? {} : { help }),
  minimum,
  maximum,
});

/** Settings that every node has (workflows.md 5.3), as a form. */
const schemaOf = (seconds: number | null | undefined, undoers: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: {
    onError: { type: 'string', title: t('builder.set.onError'), help: t('builder.set.onError.help'), enum: ['stop', 'continue', 'branch'] },
    timeoutSeconds: whole(t('builder.set.timeout'), seconds ? t('builder.set.timeout.help', { seconds }) : undefined, 1, 3600),
    inDoubt: { type: 'string', title: t('builder.set.inDoubt'), help: t('builder.set.inDoubt.help'), enum: ['retry', 'ask', 'fail'] },
    cacheSeconds: whole(t('builder.set.cache'), t('builder.set.cache.help'), 0, 86_400),
    approval: { type: 'string', title: t('builder.set.approval'), help: t('builder.set.approval.help'), enum: ['inherit', 'require'] },
    ...(undoers.length > 0
      ? { compensate: { type: 'string', title: t('builder.set.compensate'), help: t('builder.set.compensate.help'), enum: [...undoers] } }
      : {}),
    sensitive: { type: 'boolean', title: t('builder.set.sensitive'), help: t('builder.set.sensitive.help') },
    retry: {
      type: 'object',
      title: t('builder.set.retry'),
      properties: {
        maxAttempts: whole(t('builder.set.attempts'), t('builder.set.attempts.help'), 1, 10),
        strategy: { type: 'string', title: t('builder.set.strategy'), enum: ['fixed', 'linear', 'exponential'] },
        initialDelayMs: whole(t('builder.set.delay'), t('builder.set.ms'), 0, 3_600_000),
        maxDelayMs: whole(t('builder.set.maxDelay'), t('builder.set.ms'), 0, 86_400_000),
        multiplier: { type: 'number', title: t('builder.set.multiplier'), minimum: 1, maximum: 10 },
        jitter: { type: 'number', title: t('builder.set.jitter'), minimum: 0, maximum: 1 },
        on: { type: 'array', title: t('builder.set.on'), help: t('builder.set.on.help'), items: { type: 'string' } },
      },
    },
  },
});

const OWN = ['onError', 'timeoutSeconds', 'inDoubt', 'cacheSeconds', 'approval', 'compensate', 'sensitive', 'retry'] as const;
const filled = (value: unknown): boolean => value !== undefined && value !== '' && value !== false;
/** Without what was left blank, so that the defaults of the type hold. */
function kept(value: Record<string, unknown>): NodeSettings {
  const retry = Object.fromEntries(Object.entries((value['retry'] as Record<string, unknown> | undefined) ?? {}).filter(([, each]) => filled(each)));
  const own = Object.fromEntries(Object.entries(value).filter(([name, each]) => name !== 'retry' && filled(each)));
  return { ...own, ...(Object.keys(retry).length > 0 ? { retry } : {}) } as NodeSettings;
}

const NO_UNDOERS: ReadonlySet<string> = new Set(['trigger', 'note', 'loop', 'merge', 'fail']);
/** Keys of steps that stand beside the flow, of which one may undo what this one does; and the one that does so already. */
function useUndoers(node: GraphNode): readonly string[] {
  const { nodes, connections } = useDoc();
  return useMemo(() => {
    const joined = new Set(Object.values(connections).flatMap(({ source, target }) => [source, target]));
    const free = Object.values(nodes).filter(({ id, type }) => id !== node.id && !joined.has(id) && !NO_UNDOERS.has(type));
    return [...new Set([...free.map(({ key }) => key), ...(node.settings?.compensate ? [node.settings.compensate] : [])])];
  }, [nodes, connections, node]);
}

/** What happens when a node fails, is slow, or is interrupted. */
export function ErrorsTab({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const seconds = useBuilder(({ types }) => types.of(node.type)?.timeoutSeconds);
  const undoers = useUndoers(node);
  const schema = useMemo(() => schemaOf(seconds, undoers), [seconds, undoers]);
  const value = useMemo(() => Object.fromEntries(OWN.map((name) => [name, node.settings?.[name]])), [node.settings]);
  const set = (next: Record<string, unknown>) =>
    edit(store, t('builder.step.settings'), (doc) => changeNode(doc, node.id, (now) => {
      const { disabled, pinnedOutput } = now.settings ?? {};
      return { ...now, settings: { ...(disabled ? { disabled } : {}), ...(pinnedOutput === undefined ? {} : { pinnedOutput }), ...kept(next) } };
    }), `${node.id}/settings`); // prettier-ignore
  return (
    <fieldset disabled={readOnly}>
      <legend className="sr-only">{t('builder.tab.errors')}</legend>
      <OperationForm schema={schema} value={value} onChange={set} errors={{}} />
    </fieldset>
  );
}
