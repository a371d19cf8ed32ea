import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { clockTime, number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { saveFile } from '#ui/data-table/csv.ts';
import { Filter } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Select } from '#ui/select.tsx';
import { ndjsonOf, shownLines, textOf } from './log-rules.ts';
import { LOG_LEVELS, type LogLevel, type LogLine } from './types.ts';

const ROW = 22;
const INKS: Readonly<Record<LogLevel, string>> = { debug: 'text-ink-3', info: 'text-ink-2', warn: 'text-warn', error: 'text-bad' };
/** So near the end one is at the end. */
const NEAR = 40;

const LineView = ({ line, name }: { line: LogLine; name: string }) => (
  <>
    <span className="shrink-0 text-ink-3">{clockTime(line.at)}</span>
    <span className={cx('w-11 shrink-0 uppercase', INKS[line.level])}>{line.level}</span>
    {name && (
      <span className="w-36 shrink-0 truncate text-accent">
        {name}
        {line.iteration && `[${line.iteration}]`}
      </span>
    )}
    <span className="min-w-0 flex-1 whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
      {line.message}
      {line.data !== null && <span className="text-ink-3"> {JSON.stringify(line.data)}</span>}
    </span>
  </>
);

interface LogsPanelProps {
  executionId: string;
  lines: readonly LogLine[];
  names: ReadonlyMap<string, string>;
  running: boolean;
}
/** The log as it is written: filtered, searched, followed, taken along. Only what is in sight is drawn. */
export function LogsPanel({ executionId, lines, names, running }: LogsPanelProps) {
  const [level, setLevel] = useState<LogLevel>('info');
  const [nodeId, setNodeId] = useState<string>();
  const [text, setText] = useState('');
  const [follows, setFollows] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => shownLines(lines, { level, nodeId, text }), [lines, level, nodeId, text]);
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 20 });
  const nodes = [...new Set(lines.flatMap((line) => line.nodeId ?? []))].map((value) => ({ value, label: names.get(value) ?? value }));
  useEffect(() => {
    if (follows && running && shown.length > 0) virtual.scrollToIndex(shown.length - 1, { align: 'end' });
  }, [follows, running, shown.length, virtual]);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element) setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR);
  };
  return (
    <section aria-label={t('executions.tab.logs')} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
        <SearchInput label={t('executions.logs.search')} value={text} onChange={setText} />
        <div className="w-40"><Select size="sm" aria-label={t('executions.logs.level')} value={level} onChange={setLevel} choices={LOG_LEVELS.map((value) => ({ value, label: t(`executions.logs.level.${value}`) }))} /></div>
        {nodes.length > 1 && <Filter label={t('executions.logs.node')} value={nodeId} onChange={setNodeId} choices={nodes} />}
        <span role="status" className="text-xs text-ink-3">
          {t('executions.logs.count', { count: shown.length, shown: number(shown.length), all: number(lines.length) })}
        </span>
        <span className="ms-auto flex items-center gap-1">
          {running && (
            <Button size="sm" variant="ghost" aria-pressed={follows} className="aria-pressed:bg-press aria-pressed:text-ink" icon={<ArrowDownToLine aria-hidden className="size-3.5" />} onClick={() => setFollows(!follows)}>
              {t('executions.logs.follow')}
            </Button>
          )}
          <CopyButton text={textOf(shown, names)} label={t('executions.logs.copy')} />
          <Button size="sm" variant="ghost" icon={<Download aria-hidden className="size-3.5" />} onClick={() => saveFile(`execution-${executionId}.ndjson`, ndjsonOf(lines), 'application/x-ndjson')}>
            {t('executions.logs.download')}
          </Button>
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="p-4 text-ink-2">{lines.length === 0 ? t(running ? 'executions.logs.yet' : 'executions.logs.none') : t('executions.logs.hidden')}</p>
      ) : (
        <div ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-live="off" aria-label={t('executions.tab.logs')} className="h-96 overflow-auto py-1 font-mono text-xs leading-[22px]">
          <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const line = shown[item.index]!;
              return (
                <div key={line.seq} data-index={item.index} ref={virtual.measureElement} className="absolute inset-x-0 top-0 flex gap-3 px-3 hover:bg-hover" style={{ transform: `translateY(${item.start}px)` }}>
                  <LineView line={line} name={line.nodeId ? (names.get(line.nodeId) ?? '') : ''} />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
} // prettier-ignore
