import { CircleAlert, Info, TriangleAlert, Wrench } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import type { Finding } from '../types.ts';
import { mend } from '../state/acts.ts';
import { useBuilder, useStore } from '../state/store.ts';

const SIGNS = { error: [CircleAlert, 'text-bad'], warning: [TriangleAlert, 'text-warn'], info: [Info, 'text-ink-3'] } as const;

/** The words of a severity stand for those who do not see its colour. */
function Row({ finding, onGo }: { finding: Finding; onGo: (id: string, field: string) => void }) {
  const store = useStore();
  const { rule, severity, nodeId, pointer = '', message, fix } = finding;
  const [Icon, ink] = SIGNS[severity];
  const node = useBuilder(({ past }) => (nodeId === undefined ? undefined : past.doc.nodes[nodeId]));
  const readOnly = useBuilder((state) => state.readOnly);
  return (
    <li className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${ink}`} />
      <span className="sr-only">{t(`builder.severity.${severity}`)}</span>
      <span className="min-w-0 flex-1">
        {node && (
          <button type="button" className="me-2 font-medium text-accent hover:underline" onClick={() => onGo(node.id, pointer)}>
            {node.name}
          </button>
        )}
        <span className="text-ink-2">{message}</span> <code className="text-2xs text-ink-3">{rule}</code>
      </span>
      {fix && !readOnly && (
        <Button size="sm" icon={<Wrench aria-hidden className="size-3.5" />} onClick={() => mend(store, fix.title, fix.ops)}>
          {fix.title}
        </Button>
      )}
    </li>
  );
}

/** All that validation has to say, the worst first; where there is a way to put it right by itself, it is one press away. */
export function ProblemsPane({ onGo }: { onGo: (id: string, field: string) => void }) {
  const findings = useBuilder((state) => state.findings);
  if (findings.length === 0) return <p className="p-3 text-ink-2">{t('builder.problems.none')}</p>;
  return (
    <ul>
      {findings.map((finding, i) => (
        <Row key={`${finding.rule}${finding.nodeId}${finding.pointer}${i}`} finding={finding} onGo={onGo} />
      ))}
    </ul>
  );
}
