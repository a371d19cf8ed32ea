import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { ArrowLeft } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { workflowQuery } from '#features/workflows/api.ts';
import type { Workflow } from '#features/workflows/types.ts';
import { Badge } from '#ui/badge.tsx';
import { useDocumentTitle } from '#ui/document-title.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { typesQuery } from './api.ts';
import { SaveIndicator } from './save-state.tsx';
import { useSession, type Session } from './state/use-session.ts';
import { StoreProvider } from './state/store.ts';
import type { Types } from './state/types-of.ts';
import { viewOf } from './view.ts';
import { Workbench } from './workbench.tsx';

const Head = ({ workflow, session }: { workflow: Workflow; session: Session }) => (
  <div className="flex min-w-0 flex-[1_1_16rem] items-center gap-2">
    <Link
      to="/workflows/$id"
      params={{ id: workflow.id }}
      aria-label={t('builder.back', { name: workflow.name })}
      className="grid size-7 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
    </Link>
    <h1 className="min-w-0 truncate text-base font-semibold">{workflow.name}</h1>
    {session.store.get().readOnly && <Badge tone="warn">{t('builder.readOnly')}</Badge>}
    <SaveIndicator onRetry={() => void session.saver.flush()} />
  </div>
);

function Loaded({ workflow, types }: { workflow: Workflow; types: Types }) {
  const session = useSession(workflow, types);
  useDocumentTitle(t('builder.title', { name: workflow.name }));
  if (!session) return null;
  return (
    <StoreProvider value={session.store}>
      <ReactFlowProvider>
        <Workbench key={session.store.get().workflowId} workflow={workflow} session={session} head={<Head workflow={workflow} session={session} />} />
      </ReactFlowProvider>
    </StoreProvider>
  );
}

/** The builder: draws, fills in, tries and publishes the draft of one workflow. */
export function BuilderPage({ id }: { id: string }) {
  const { actor } = useMe();
  viewOf(actor.id);
  const workflow = useQuery(workflowQuery(id));
  const types = useQuery(typesQuery);
  const error = workflow.data ? types.error : workflow.error;
  if (error) return <ProblemView size="page" error={error} retry={() => void Promise.all([workflow.refetch(), types.refetch()])} />;
  if (!workflow.data || !types.data)
    return (
      <div role="status" className="flex h-full flex-col gap-2 p-2">
        <span className="sr-only">{t('state.loading')}</span>
        <Skeleton className="h-8" />
        <Skeleton className="min-h-0 flex-1" />
      </div>
    );
  return <Loaded workflow={workflow.data} types={types.data} />;
}
