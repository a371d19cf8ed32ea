import { X } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { inputSchemaOf } from '#features/workflows/inputs.ts';
import { PublishDialog } from '#features/workflows/publish-dialog.tsx';
import type { Workflow } from '#features/workflows/types.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { ProblemsPane } from './bottom/problems-pane.tsx';
import { RunPane } from './bottom/run-pane.tsx';
import { useAssist, type Assisted } from './assist/use-assist.ts';
import { Canvas } from './canvas/canvas.tsx';
import { ConnectDialog } from './dialogs/connect-dialog.tsx';
import { FindDialog } from './dialogs/find-dialog.tsx';
import { KeysDialog } from './dialogs/keys-dialog.tsx';
import { DoubtDialog, OverlapDialog } from './dialogs/overlap-dialog.tsx';
import { TypeDialog } from './dialogs/type-dialog.tsx';
import { graphOf } from './graph/doc.ts';
import { useKeyboard } from './keyboard.ts';
import { ListEditor } from './list/list-editor.tsx';
import { Palette } from './palette/palette.tsx';
import { Panel } from './panel/panel.tsx';
import { Resizer } from './resizer.tsx';
import { FollowRun } from './run/follow-run.tsx';
import { RunDialog } from './run/run-dialog.tsx';
import type { Reach } from './run/reach.ts';
import { useRun, type Running } from './run/use-run.ts';
import type { Session } from './state/use-session.ts';
import { countOf } from './state/findings.ts';
import { openNode, useBuilder, useStore } from './state/store.ts';
import { Toolbar } from './toolbar.tsx';
import { assistOpen, changeView, preview, paletteDrawer, view } from './view.ts';

const DiffPicture = lazy(() => import('./assist/diff-picture.tsx').then((loaded) => ({ default: loaded.DiffPicture })));
const AssistPanel = lazy(() => import('./assist/assist-panel.tsx').then((loaded) => ({ default: loaded.AssistPanel })));
const Assist = (props: { session: Session; assisted: Assisted }) => (
  <Suspense
    fallback={
      <div className="p-4">
        <SkeletonText lines={6} />
      </div>
    }
  >
    <AssistPanel {...props} />
  </Suspense>
);

/** Where a canvas has no room, the list of steps takes its place. */
const NARROW = '(max-width: 767px)';
function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return narrow;
}

function Dialogs({ workflow, session, running, reach }: { workflow: Workflow; session: Session; running: Running; reach: Reach }) {
  const store = useStore();
  const dialog = useBuilder((state) => state.dialog);
  const doc = useBuilder(({ past }) => past.doc);
  const close = () => store.set({ dialog: null });
  // What is published is what is drawn.
  useEffect(() => void (dialog === 'publish' && session.saver.flush()), [dialog, session]);
  const schema = dialog === 'run' ? inputSchemaOf(graphOf(doc) as Parameters<typeof inputSchemaOf>[0]) : null;
  return (
    <>
      {dialog === 'keys' && <KeysDialog onClose={close} />}
      {dialog === 'connect' && <ConnectDialog onClose={close} />}
      {dialog === 'type' && <TypeDialog onClose={close} />}
      {dialog === 'find' && <FindDialog onClose={close} onGo={(id) => openNode(store, id)} />}
      {dialog === 'run' && (
        <RunDialog workflowId={workflow.id} schema={schema} onClose={close} onRun={(inputs) => void running.runWith(inputs, reach)} />
      )}
      {dialog === 'publish' && <PublishDialog workflow={workflow} onClose={close} />}
      <OverlapDialog onSettle={session.saver.settle} />
      <DoubtDialog />
    </>
  );
}

function Bottom({ onRun }: { onRun: () => void }) {
  const store = useStore();
  const { bottom, bottomHeight } = view.use();
  if (bottom === null) return null;
  const go = (id: string, field?: string) => openNode(store, id, 'config', field ?? null);
  const title = t(bottom === 'problems' ? 'builder.problems' : 'builder.run.pane');
  return (
    <>
      <Resizer
        label={t('builder.resize.bottom')}
        value={bottomHeight}
        min={96}
        max={560}
        grows="up"
        onChange={(next) => changeView({ bottomHeight: next })}
      />
      <section aria-label={title} style={{ height: bottomHeight }} className="flex min-h-0 shrink-0 flex-col bg-surface">
        <header className="flex items-center justify-between border-b border-line px-3 py-1">
          <h2 className="text-sm font-medium">{title}</h2>
          <Button size="icon-sm" variant="ghost" aria-label={t('action.close')} onClick={() => changeView({ bottom: null })}>
            <X aria-hidden className="size-4" />
          </Button>
        </header>
        <div tabIndex={0} role="group" aria-label={title} className="min-h-0 flex-1 overflow-y-auto">
          {bottom === 'problems' ? <ProblemsPane onGo={go} /> : <RunPane onRun={onRun} onGo={(id) => openNode(store, id, 'output')} />}
        </div>
      </section>
    </>
  );
}

interface PanesProps {
  running: Running;
  session: Session;
  assisted: Assisted;
}
/** Palette and configuration over the list, where there is no room beside it. */
function NarrowPanes({ running, session, assisted }: PanesProps) {
  const store = useStore();
  const open = useBuilder((state) => state.open);
  const palette = paletteDrawer.use();
  const assist = assistOpen.use();
  const close = () => paletteDrawer.set(false);
  return (
    <>
      <Drawer open={palette} onOpenChange={close} title={t('builder.palette')} quiet>
        <Palette onClose={close} onAdded={close} />
      </Drawer>
      <Drawer open={open !== null && !palette} onOpenChange={() => store.set({ open: null })} title={t('builder.tab.config')} quiet>
        {open !== null && <Panel id={open} onRun={running.run} />}
      </Drawer>
      <Drawer open={assist && open === null && !palette} onOpenChange={() => assistOpen.set(false)} title={t('assist')} quiet>
        <Assist session={session} assisted={assisted} />
      </Drawer>
    </>
  );
}

function WidePanes({ running, session, assisted, children }: PanesProps & { children: ReactNode }) {
  const { palette, paletteWidth, panelWidth, panelFull } = view.use();
  const readOnly = useBuilder((state) => state.readOnly);
  const open = useBuilder((state) => state.open);
  const assist = assistOpen.use();
  const full = panelFull && open !== null;
  const side = palette && !readOnly;
  return (
    <>
      {side && (
        <>
          <div style={{ width: paletteWidth }} className="min-h-0 shrink-0">
            <Palette onClose={() => document.querySelector<HTMLElement>('[data-canvas] .react-flow__pane')?.focus()} />
          </div>
          <Resizer
            label={t('builder.resize.palette')}
            value={paletteWidth}
            min={180}
            max={420}
            grows="right"
            onChange={(next) => changeView({ paletteWidth: next })}
          />
        </>
      )}
      {!full && <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>}
      {(open !== null || assist) && (
        <>
          {!full && (
            <Resizer
              label={t('builder.resize.panel')}
              value={panelWidth}
              min={300}
              max={760}
              grows="left"
              onChange={(next) => changeView({ panelWidth: next })}
            />
          )}
          <div style={full ? {} : { width: panelWidth }} className={full ? 'min-h-0 flex-1' : 'min-h-0 max-w-[60vw] shrink-0'}>
            {/* What was asked stays while a step is configured in its place. */}
            {assist && (
              <div className={open === null ? 'h-full' : 'hidden'}>
                <Assist session={session} assisted={assisted} />
              </div>
            )}
            {open !== null && <Panel id={open} onRun={running.run} />}
          </div>
        </>
      )}
    </>
  );
}

/** What is proposed, where it is looked at: in place of the graph, as long as nothing else covers the proposals. */
function usePreview(narrow: boolean) {
  const proposed = preview.use();
  const open = useBuilder((state) => state.open);
  const assist = assistOpen.use();
  return assist && open === null && !narrow ? proposed : null;
}

/** Everything of the builder around one graph: bar, palette, canvas or list, configuration, problems and runs. */
export function Workbench({ workflow, session, head }: { workflow: Workflow; session: Session; head: ReactNode }) {
  const { store, saver } = session;
  const narrow = useNarrow();
  const { mode } = view.use();
  const [reach, setReach] = useState<Reach>({ kind: 'all' });
  const ask = useCallback((to: Reach) => (setReach(to), store.set({ dialog: 'run' })), [store]);
  const running = useRun(store, saver, ask);
  useKeyboard(store, { save: () => void saver.flush(), run: () => running.run() });
  const executionId = useBuilder(({ run }) => run?.executionId ?? null);
  const errors = useBuilder(({ findings }) => countOf(findings, 'error'));
  const mayRun = workflow.may.debug ? null : t('blocked.permission', { permission: 'workflows:debug' });
  const mayPublish = workflow.may.publish ? (errors > 0 ? t('builder.publish.errors', { count: errors }) : null) : t('blocked.permission', { permission: 'workflows:publish' }); // prettier-ignore
  const list = narrow || mode === 'list';
  const proposed = usePreview(narrow);
  const panes = { running, session, assisted: useAssist(workflow.id, store.get().readOnly) };
  const drawn = (
    <>
      <div className="min-h-0 flex-1">
        {proposed ? (
          <Suspense fallback={null}>
            <DiffPicture {...proposed} />
          </Suspense>
        ) : list ? (
          <ListEditor />
        ) : (
          <Canvas />
        )}
      </div>
      <Bottom onRun={() => running.run()} />
    </>
  );
  return (
    <div className="flex h-full min-h-96 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-2 py-1.5">
        {head}
        <Toolbar onRun={() => running.run()} mayRun={mayRun} mayPublish={mayPublish} />
      </header>
      <div className="flex min-h-0 flex-1">
        {narrow ? <div className="flex min-w-0 flex-1 flex-col">{drawn}</div> : <WidePanes {...panes}>{drawn}</WidePanes>}
      </div>
      {narrow && <NarrowPanes {...panes} />}
      <Dialogs workflow={workflow} session={session} running={running} reach={reach} />
      {executionId && <FollowRun id={executionId} />}
    </div>
  );
}
