import { Cable, Minus, Move, Pencil, Plus, Settings2, Unlink, type LucideIcon } from 'lucide-react';
import { useId, useMemo } from 'react';
import type { Doc } from '#features/workflow-builder/graph/doc.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import type { PlanChange } from '#lib/types.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { diffOf } from '../diff-rules.ts';
import { accepted, deedOf, namesIn, toggled, type Deed } from './proposal-rules.ts';
import type { Proposal } from './types.ts';

const SIGNS: Readonly<Record<Deed['act'], readonly [LucideIcon, string]>> = {
  add: [Plus, 'text-good bg-good-wash'],
  change: [Pencil, 'text-warn bg-warn-wash'],
  move: [Move, 'text-ink-3 bg-quiet-wash'],
  remove: [Minus, 'text-bad bg-bad-wash'],
  connect: [Cable, 'text-good bg-good-wash'],
  disconnect: [Unlink, 'text-bad bg-bad-wash'],
  settings: [Settings2, 'text-warn bg-warn-wash'],
};

/** What one edit sets, field by field; nothing where its title says all. */
function detailsOf(doc: Doc, proposals: readonly Proposal[], at: number): PlanChange[] {
  const { edit } = proposals[at]!;
  if (edit.op === 'updateSettings')
    return [{ action: 'update', type: 'workflow', name: '', fields: Object.entries(edit.set).map(([path, after]) => ({ path, after })) }];
  const id = edit.op === 'addNode' ? edit.node.id : edit.op === 'updateNode' ? edit.id : null;
  if (id === null) return [];
  // As it is when all before it were accepted: what is added may be changed further.
  const nodeAt = (until: number) => accepted(doc, proposals, new Set(Array.from({ length: until }, (_, one) => one))).doc.nodes[id];
  const graphOf = (until: number): Graph => ({ nodes: [nodeAt(until)].filter((one) => one !== undefined), connections: [] }) as unknown as Graph;
  return diffOf(graphOf(at), graphOf(at + 1)).changes;
}

interface RowProps {
  deed: Deed;
  reason: string;
  details: readonly PlanChange[];
  on: boolean;
  /** Undefined where nothing can be accepted. */
  onToggle: ((on: boolean) => void) | undefined;
  onShow: (() => void) | undefined;
}
function Row({ deed, reason, details, on, onToggle, onShow }: RowProps) {
  const id = useId();
  const [Icon, ink] = SIGNS[deed.act];
  const title = t(`assist.deed.${deed.act}`, { name: deed.name, to: deed.to });
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0" data-deed={deed.act}>
      {onToggle && <Checkbox className="mt-0.5" aria-labelledby={id} checked={on} onCheckedChange={(next) => onToggle(next === true)} />}
      <span className={`mt-px grid size-5 shrink-0 place-items-center rounded-sm ${ink}`}>
        <Icon aria-hidden className="size-3" strokeWidth={2.5} />
      </span>
      <div className="min-w-0 flex-1">
        <p id={id} className={cx('font-medium [overflow-wrap:anywhere]', !on && 'text-ink-3 line-through decoration-ink-3')}>
          {onShow ? (
            <button type="button" className="rounded-sm text-start hover:text-accent hover:underline" onClick={onShow}>
              {title}
            </button>
          ) : (
            title
          )}
        </p>
        {reason && <p className="text-ink-2 [overflow-wrap:anywhere]">{reason}</p>}
        {details.length > 0 && details[0]!.fields.length > 0 && (
          <details className="mt-1">
            <summary className="w-fit cursor-pointer rounded-sm text-xs text-ink-3 hover:text-ink">{t('assist.details')}</summary>
            <div className="mt-1 overflow-hidden rounded-md border border-line">
              <DiffView changes={details} />
            </div>
          </details>
        )}
      </div>
    </li>
  );
}

interface ProposalsProps {
  label: string;
  doc: Doc;
  proposals: readonly Proposal[];
  chosen: ReadonlySet<number>;
  onChoose?: (next: ReadonlySet<number>) => void;
  /** Brings a node of the graph into view. */
  onShow?: ((nodeId: string) => void) | undefined;
}
/** Edits that are proposed, each with its reason, to accept or leave one by one; what hangs on each other goes together. */
export function Proposals({ label, doc, proposals, chosen, onChoose, onShow }: ProposalsProps) {
  const names = useMemo(() => namesIn(doc, proposals), [doc, proposals]);
  const rows = useMemo(
    () => proposals.map(({ edit }, at) => ({ deed: deedOf(edit, doc, names), details: detailsOf(doc, proposals, at) })),
    [doc, proposals, names],
  );
  return (
    <ul aria-label={label} className="rounded-md border border-line bg-surface">
      {proposals.map(({ reason }, at) => {
        const { deed, details } = rows[at]!;
        return (
          <Row
            key={at}
            deed={deed}
            reason={reason}
            details={details}
            on={chosen.has(at)}
            onToggle={onChoose && ((on) => onChoose(toggled(proposals, chosen, at, on)))}
            onShow={onShow && deed.nodeId !== null ? () => onShow(deed.nodeId!) : undefined}
          />
        );
      })}
    </ul>
  );
}
