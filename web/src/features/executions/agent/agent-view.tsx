import { Bot, CircleCheck, CircleSlash, CircleX, Hourglass, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import type { Json } from '#lib/types.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { JsonView } from '#ui/json-view.tsx';
import type { AgentCall, CallStatus, Conversation, Turn } from './turns.ts';

const LOOKS: Readonly<Record<CallStatus, readonly [Tone, LucideIcon]>> = {
  running: ['accent', LoaderCircle],
  waiting: ['warn', Hourglass],
  done: ['good', CircleCheck],
  failed: ['bad', CircleX],
  refused: ['warn', CircleSlash],
  invalid: ['warn', TriangleAlert],
};

/** Tokens and money in one line, as far as they are known. */
export function Spent({ tokens, cost, model }: { tokens: number | null; cost: number | null; model?: string | null }) {
  const parts = [...(tokens ? [t('assist.tokens', { count: tokens, tokens: number(tokens) })] : []), ...(cost ? [dollars(cost)] : [])];
  if (parts.length === 0 && !model) return null;
  return (
    <span className="text-xs text-ink-3 tabular-nums">
      {model && <code className="me-1.5 rtl:ms-1.5 rtl:me-0">{model}</code>}
      {parts.join(' · ')}
    </span>
  );
}

function Call({ call: { tool, status, arguments: given, summary } }: { call: AgentCall }) {
  const [tone, Icon] = LOOKS[status];
  return (
    <li className="flex min-w-0 flex-col gap-1 rounded-md border border-line bg-sunken px-2.5 py-1.5" data-call={status}>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <code className="min-w-0 text-xs font-medium [overflow-wrap:anywhere]">{tool}</code>
        <Badge tone={tone} icon={<Icon aria-hidden className={status === 'running' ? 'animate-spin' : ''} />}>
          {t(`agent.call.${status}`)}
        </Badge>
      </span>
      {summary && <span className="text-xs text-ink-2 [overflow-wrap:anywhere]">{summary}</span>}
      {given !== undefined && (
        <details>
          <summary className="w-fit cursor-pointer rounded-sm text-xs text-ink-3 hover:text-ink">{t('agent.arguments')}</summary>
          <JsonView label={t('agent.arguments.of', { tool })} value={given} />
        </details>
      )}
    </li>
  );
}

function One({ turn }: { turn: Turn }) {
  return (
    <li className="flex min-w-0 flex-col gap-1.5" data-turn={turn.step}>
      <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
        <Bot aria-hidden className="size-3.5" />
        {t('agent.turn', { number: turn.step })}
        <Spent tokens={turn.tokens} cost={turn.cost} model={turn.model} />
      </span>
      {turn.text && <p className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{turn.text}</p>}
      {turn.calls.length > 0 && (
        <ul aria-label={t('agent.calls', { number: turn.step })} className="flex flex-col gap-1.5">
          {turn.calls.map((call) => (
            <Call key={call.index} call={call} />
          ))}
        </ul>
      )}
    </li>
  );
}

const stopText = (reason: string): string => {
  const key = `agent.stop.${reason}`;
  return hasText(key) ? t(key) : reason;
};
const Answer = ({ answer }: { answer: Json }) =>
  typeof answer === 'string' ? (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{answer}</p>
  ) : (
    <JsonView label={t('agent.answer')} value={answer} />
  );

/** What an agent said and did, turn by turn: its words, its calls of tools with what came of them, and what it spent. */
export function AgentView({ conversation, running }: { conversation: Conversation; running: boolean }) {
  const { turns, tokens, cost, stopReason, answer } = conversation;
  const last = turns.at(-1);
  return (
    <section aria-label={t('agent.conversation')} className="flex min-w-0 flex-col gap-3" data-conversation>
      <div role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-xs text-ink-3">{t('agent.turns', { count: turns.length })}</span>
        <Spent tokens={tokens} cost={cost} />
        {stopReason && <Badge tone={stopReason === 'done' ? 'good' : 'warn'}>{stopText(stopReason)}</Badge>}
        {running && !stopReason && <Badge tone="accent">{t('agent.thinking')}</Badge>}
      </div>
      <ol aria-label={t('agent.conversation')} className="flex flex-col gap-4">
        {turns.map((turn) => (
          <One key={turn.step} turn={turn} />
        ))}
      </ol>
      {answer !== undefined && answer !== last?.text && (
        <section aria-label={t('agent.answer')} className="flex flex-col gap-1 rounded-md border border-good/40 bg-good-wash px-3 py-2">
          <h3 className="text-xs text-ink-2">{t('agent.answer')}</h3>
          <Answer answer={answer} />
        </section>
      )}
    </section>
  );
}
