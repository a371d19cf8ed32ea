import { CircleX } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Problem } from '#lib/problem.ts';

export interface Fault {
  line: number | null;
  column: number;
  message: string;
}

/** The places that a problem names: `line` and `column` beside each error, or written in its message. */
export function faultsIn(problem: Problem): Fault[] {
  return (problem.body.errors ?? []).map((error) => {
    const { line, column } = error as { line?: number; column?: number };
    const told = /^line (\d+)(?:, column (\d+))?: /i.exec(error.message);
    return {
      line: line ?? (told ? Number(told[1]) : null),
      column: column ?? Number(told?.[2] ?? 1),
      message: told ? error.message.slice(told[0].length) : error.message,
    };
  });
}

/** Every error of a file with its place; choosing one goes there. */
export const ImportFaults = ({ faults, onGo }: { faults: readonly Fault[]; onGo: (line: number, column: number) => void }) => (
  <div role="alert" className="rounded-md border border-bad/35">
    <p className="flex items-center gap-2 border-b border-bad/35 bg-bad-wash px-3 py-2 font-medium">
      <CircleX aria-hidden className="size-4 shrink-0 text-bad" />
      {t('import.faults', { count: faults.length })}
    </p>
    <ul className="max-h-72 divide-y divide-line overflow-y-auto">
      {faults.map((fault, i) => (
        <li key={i}>
          <button
            type="button"
            disabled={fault.line === null}
            onClick={() => fault.line !== null && onGo(fault.line, fault.column)}
            className="flex w-full items-baseline gap-3 px-3 py-1.5 text-start -outline-offset-2 enabled:hover:bg-hover"
          >
            {fault.line !== null && (
              <code className="w-16 shrink-0 text-xs text-bad">
                <span className="sr-only">{t('import.place', { line: fault.line, column: fault.column })}</span>
                <span aria-hidden>
                  {fault.line}:{fault.column}
                </span>
              </code>
            )}
            <span className="min-w-0 [overflow-wrap:anywhere]">{fault.message}</span>
          </button>
        </li>
      ))}
    </ul>
  </div>
);
