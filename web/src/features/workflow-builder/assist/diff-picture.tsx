import { Eye } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import { accepted } from '#features/workflows/ai/proposal-rules.ts';
import type { Proposal } from '#features/workflows/ai/types.ts';
import { diffOf } from '#features/workflows/diff-rules.ts';
import { graphOf, type Doc } from '../graph/doc.ts';
import { useBuilder, useDoc } from '../state/store.ts';
import { placed } from './place.ts';

const pictureOf = (doc: Doc): Graph => graphOf(doc) as unknown as Graph;

interface DiffPictureProps {
  proposals: readonly Proposal[];
  chosen: ReadonlySet<number>;
  /** The node to bring into the middle. */
  focus?: string | undefined;
}
/** The graph as it is and as it would be with what is accepted, in one: what comes, goes and changes is marked. */
export function DiffPicture({ proposals, chosen, focus }: DiffPictureProps) {
  const doc = useDoc();
  const types = useNodeTypes();
  const size = useBuilder((state) => state.types.size);
  const { graph, overlay } = useMemo(
    () => diffOf(pictureOf(doc), pictureOf(placed(doc, accepted(doc, proposals, chosen).doc, size))),
    [doc, proposals, chosen, size],
  );
  return (
    <div className="relative h-full min-h-56" data-preview>
      <GraphView
        graph={graph}
        types={types}
        overlay={overlay}
        label={t('assist.picture')}
        className="h-full! rounded-none! border-0!"
        follow={focus}
      />
      <p className="pointer-events-none absolute inset-x-3 top-3 mx-auto flex w-fit max-w-full items-center gap-1.5 rounded-md bg-raised px-3 py-1 text-xs text-ink-2 shadow-float">
        <Eye aria-hidden className="size-3.5 shrink-0" />
        {t('assist.picture.note')}
      </p>
    </div>
  );
}
