import { BrainCircuit, ShieldQuestion, Wrench } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { GraphNode } from '../types.ts';
import { hungOn } from '../graph/lines.ts';
import { useBuilder } from '../state/store.ts';

const MODES = new Set(['deny', 'plan', 'approve', 'allow']);
const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** What tells one agent from another at a glance: its model, its tools, and what it may do without asking. */
export function AgentFacts({ node }: { node: GraphNode }) {
  const hung = useBuilder(({ past }) => hungOn(past.doc).get(node.id));
  const { model, writeMode = 'approve', tools } = node.config;
  const more = (tools ?? {}) as { operations?: unknown; workflows?: unknown };
  const count = (hung?.tool ?? 0) + size(more.operations) + size(more.workflows);
  const mode = node.type === 'ai_agent' && MODES.has(String(writeMode)) ? String(writeMode) : null;
  return (
    <span className="flex items-center gap-2.5 overflow-hidden text-2xs whitespace-nowrap text-ink-3">
      <span className="flex min-w-0 items-center gap-1">
        <BrainCircuit aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{typeof model === 'string' && model !== '' ? model : t('builder.model.default')}</span>
      </span>
      <span className="flex items-center gap-1" title={t('builder.agent.tools', { count })}>
        <Wrench aria-hidden className="size-3 shrink-0" />
        {count}
        <span className="sr-only">{t('builder.agent.tools', { count })}</span>
      </span>
      {mode && (
        <span className="flex items-center gap-1" title={t(`builder.agent.mode.${mode as 'deny' | 'plan' | 'approve' | 'allow'}`)}>
          <ShieldQuestion aria-hidden className="size-3 shrink-0" />
          <span className="sr-only">{t(`builder.agent.mode.${mode as 'deny' | 'plan' | 'approve' | 'allow'}`)}</span>
        </span>
      )}
    </span>
  );
}
