import { Maximize2, Minimize2, Play, StepForward, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { GraphNode } from '../types.ts';
import { changeNode } from '../graph/acts.ts';
import { findingsOf } from '../state/findings.ts';
import { edit, useBuilder, useNode, useStore, type PanelTab } from '../state/store.ts';
import { changeView, panelAsked, revealed, view } from '../view.ts';
import type { Reach } from '../run/reach.ts';
import { ConfigTab } from './config-tab.tsx';
import { InputTab, OutputTab } from './data-tabs.tsx';
import { ErrorsTab } from './errors-tab.tsx';
import { Markdown } from './markdown.tsx';

function NotesTab({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const write = (text: string) =>
    edit(store, t('builder.step.note'), (doc) => changeNode(doc, node.id, ({ notes: _, ...now }) => (text === '' ? now : { ...now, notes: text })), `${node.id}/notes`); // prettier-ignore
  return (
    <Field label={t('builder.notes')} help={t('builder.notes.help')}>
      {(control) => (
        <Textarea
          {...control}
          rows={10}
          maxLength={10_000}
          readOnly={readOnly}
          value={node.notes ?? ''}
          onChange={(event) => write(event.target.value)}
        />
      )}
    </Field>
  );
}

function DocsTab({ node }: { node: GraphNode }) {
  const info = useBuilder(({ types }) => types.of(node.type));
  if (!info) return null;
  return (
    <div className="flex flex-col gap-4">
      <p className="font-medium">{info.summary}</p>
      <Markdown text={info.docs ?? ''} label={info.label} />
      {info.example && (
        <section className="flex flex-col gap-1">
          <h3 className="font-medium">{t('builder.example')}</h3>
          <JsonView value={info.example} label={t('builder.example')} />
        </section>
      )}
    </div>
  );
}

function useTabs(node: GraphNode): Tab<PanelTab>[] {
  const errors = useBuilder(
    ({ findings }) =>
      findingsOf(findings)
        .get(node.id)
        ?.filter(({ severity }) => severity === 'error').length ?? 0,
  );
  const config: Tab<PanelTab> = { value: 'config', label: t('builder.tab.config'), count: errors || null, content: <ConfigTab node={node} /> };
  if (node.type === 'note') return [config];
  return [
    config,
    { value: 'input', label: t('builder.tab.input'), content: <InputTab node={node} /> },
    { value: 'output', label: t('builder.tab.output'), content: <OutputTab node={node} /> },
    { value: 'errors', label: t('builder.tab.errors'), content: <ErrorsTab node={node} /> },
    { value: 'notes', label: t('builder.tab.notes'), content: <NotesTab node={node} /> },
    { value: 'docs', label: t('builder.tab.docs'), content: <DocsTab node={node} /> },
  ];
}

const Act = ({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) => (
  <Button size="icon-sm" variant="ghost" aria-label={label} title={label} onClick={onClick}>
    {icon}
  </Button>
);

function Head({ node, onRun }: { node: GraphNode; onRun: (reach: Reach) => void }) {
  const store = useStore();
  const info = useBuilder(({ types }) => types.of(node.type));
  const { panelFull } = view.use();
  return (
    <header className="flex items-center gap-1.5 border-b border-line px-4 py-2">
      <NodeIcon name={info?.icon} className="size-4 shrink-0 text-ink-2" />
      <h2 className="min-w-0 flex-1 truncate font-semibold" title={node.name}>
        {node.name || node.key}
        <span className="ms-2 text-xs font-normal text-ink-3">{info?.label ?? node.type}</span>
      </h2>
      {node.type !== 'note' && (
        <>
          <Act label={t('builder.run.here')} icon={<Play aria-hidden className="size-4" />} onClick={() => onRun({ kind: 'to', node: node.id })} />
          <Act
            label={t('builder.run.only')}
            icon={<StepForward aria-hidden className="size-4" />}
            onClick={() => onRun({ kind: 'only', node: node.id })}
          />
        </>
      )}
      <Button
        size="icon-sm"
        variant="ghost"
        className="max-md:hidden"
        aria-label={t(panelFull ? 'builder.panel.dock' : 'builder.panel.full')}
        onClick={() => changeView({ panelFull: !panelFull })}
      >
        {panelFull ? <Minimize2 aria-hidden className="size-4" /> : <Maximize2 aria-hidden className="size-4" />}
      </Button>
      <Button size="icon-sm" variant="ghost" aria-label={t('builder.panel.close')} onClick={() => store.set({ open: null })}>
        <X aria-hidden className="size-4" />
      </Button>
    </header>
  );
}

/** All about one node, in tabs. */
export function Panel({ id, onRun }: { id: string; onRun: (reach: Reach) => void }) {
  const store = useStore();
  const node = useNode(id);
  const tab = useBuilder((state) => state.tab);
  if (!node) return null;
  return <Inside key={id} node={node} tab={tab} onTab={(next) => store.set({ tab: next })} onRun={onRun} />;
}
function Inside({ node, tab, onTab, onRun }: { node: GraphNode; tab: PanelTab; onTab: (tab: PanelTab) => void; onRun: (reach: Reach) => void }) {
  const tabs = useTabs(node);
  const store = useStore();
  const place = useRef<HTMLElement>(null);
  const asked = panelAsked.use();
  useEffect(() => {
    if (!asked) return;
    place.current?.querySelector<HTMLElement>('[role="tab"][data-state="active"]')?.focus();
    panelAsked.set(false);
  }, [asked]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    store.set({ open: null });
    revealed.set({ id: node.id });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leads back to the node; its button does the same
    <section ref={place} onKeyDown={onKey} aria-label={t('builder.panel', { name: node.name })} className="flex h-full min-h-0 flex-col bg-surface">
      <Head node={node} onRun={onRun} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-6">
        <Tabs
          label={t('builder.panel', { name: node.name })}
          value={tabs.some(({ value }) => value === tab) ? tab : 'config'}
          onChange={onTab}
          tabs={tabs}
        />
      </div>
    </section>
  );
}
