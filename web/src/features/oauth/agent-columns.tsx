import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import { isOnThisComputer, type Agent } from './api.ts';

const place = (host: string): string => (isOnThisComputer(host) ? t('agents.local') : host);
const Name = ({ agent }: { agent: Agent }) => (
  <span className="min-w-0">
    <span className="block truncate font-medium">{agent.name}</span>
    <span className="block truncate text-xs text-ink-2">{place(agent.host)}</span>
  </span>
);
const Level = ({ agent }: { agent: Agent }) => <Badge tone={agent.risk === 'high' ? 'warn' : 'outline'}>{t(`agents.level.${agent.risk}`)}</Badge>;
const Used = ({ agent: { lastUsedAt, lastUsedIp } }: { agent: Agent }) =>
  lastUsedAt ? (
    <span>
      <Time at={lastUsedAt} />
      {lastUsedIp && <code className="block text-2xs text-ink-3">{lastUsedIp}</code>}
    </span>
  ) : (
    <span className="text-ink-3">{t('time.never')}</span>
  );
const End = ({ agent, onEnd }: { agent: Agent; onEnd: (agent: Agent) => void }) => (
  <Button size="sm" variant="danger-quiet" aria-label={t('agents.end.of', { name: agent.name })} onClick={() => onEnd(agent)}>
    {t('agents.end')}
  </Button>
);

export interface AgentColumnsOptions {
  /** Agents of other people are among them. */
  everybody: boolean;
  onEnd: (agent: Agent) => void;
}
export const agentColumns = ({ everybody, onEnd }: AgentColumnsOptions): Column<Agent>[] => [
  { id: 'name', header: t('agents.column.name'), width: '18rem', fixed: true, cell: (agent) => <Name agent={agent} />, csv: (agent) => agent.name },
  ...(everybody ? [{ id: 'person', header: t('agents.column.person'), width: '12rem', cell: ({ person }: Agent) => person.name, csv: ({ person }: Agent) => person.name }] : []),
  { id: 'risk', header: t('agents.column.level'), width: '11rem', cell: (agent) => <Level agent={agent} />, csv: (agent) => agent.risk },
  { id: 'endpoint', header: t('agents.column.endpoint'), optional: true, cell: (agent) => <code className="text-xs">{agent.endpoint}</code>, csv: (agent) => agent.endpoint },
  { id: 'created', header: t('agents.column.created'), width: '9rem', hideBelow: 'lg', cell: (agent) => <Time at={agent.createdAt} />, csv: (agent) => agent.createdAt },
  { id: 'used', header: t('agents.column.used'), width: '9rem', hideBelow: 'md', cell: (agent) => <Used agent={agent} />, csv: (agent) => agent.lastUsedAt },
  { id: 'actions', header: t('agents.column.actions'), width: '8rem', align: 'end', fixed: true, cell: (agent) => <End agent={agent} onEnd={onEnd} /> },
]; // prettier-ignore

export const AgentCompact = ({ agent, everybody, onEnd }: AgentColumnsOptions & { agent: Agent }) => (
  <div className="flex items-start gap-2 py-1">
    <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
      <Name agent={agent} />
      {everybody && <span className="text-xs text-ink-2">{agent.person.name}</span>}
      <Level agent={agent} />
      <span className="text-xs text-ink-2">
        {t('agents.column.used')} <Used agent={agent} />
      </span>
    </div>
    <End agent={agent} onEnd={onEnd} />
  </div>
);
