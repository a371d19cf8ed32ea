import { X } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { inputSchemaOf } from '#features/workflows/inputs.ts';
import { PublishDialog } from '#features/workflows/publish-dialog.tsx';
import type { Workflow } from '#features/workflows/types.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { ProblemsPane } from './bottom/problems-pane.tsx';
import { RunPane } from './bottom/run-pane.tsx';
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
import { changeView, paletteDrawer, view } from './view.ts';

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

/** Palette and configuration over the list, where there is no room beside it. */
function NarrowPanes({ running }: { running: Running }) {
  const store = useStore();
  const open = useBuilder((state) => state.open);
  const palette = paletteDrawer.use();
  const close = () => paletteDrawer.set(false);
  return (
    <>
      <Drawer open={palette} onOpenChange={close} title={t('builder.palette')} quiet>
        <Palette onClose={close} onAdded={close} />
      </Drawer>
      <Drawer open={open !== null && !palette} onOpenChange={() => store.set({ open: null })} title={t('builder.tab.config')} quiet>
        {open !== null && <Panel id={open} onRun={running.run} />}
      </Drawer>
    </>
  );
}

function WidePanes({ running, children }: { running: Running; children: ReactNode }) {
  const { palette, paletteWidth, panelWidth, panelFull } = view.use();
  const readOnly = useBuilder((state) => state.readOnly);
  const open = useBuilder((state) => state.open);
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
      {!(panelFull && open !== null) && <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>}
      {open !== null && (
        <>
          {!panelFull && (
            <Resizer
              label={t('builder.resize.panel')}
              value={panelWidth}
              min={300}
              max={760}
              grows="left"
              onChange={(next) => changeView({ panelWidth: next })}
            />
          )}
          <div style={panelFull ? {} : { width: panelWidth }} className={panelFull ? 'min-h-0 flex-1' : 'min-h-0 max-w-[60vw] shrink-0'}>
            <Panel id={open} onRun={running.run} />
          </div>
        </>
      )}
    </>
  );
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
  const drawn = (
    <>
      <div className="min-h-0 flex-1">{list ? <ListEditor /> : <Canvas />}</div>
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
        {narrow ? <div className="flex min-w-0 flex-1 flex-col">{drawn}</div> : <WidePanes running={running}>{drawn}</WidePanes>}
      </div>
      {narrow && <NarrowPanes running={running} />}
      <Dialogs workflow={workflow} session={session} running={running} reach={reach} />
      {executionId && <FollowRun id={executionId} />}
    </div>
  );
}
