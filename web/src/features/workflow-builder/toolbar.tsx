import { useReactFlow } from '@xyflow/react';
import {
  AlignCenterHorizontal, AlignCenterVertical, AlignEndHorizontal, AlignEndVertical, AlignHorizontalDistributeCenter, AlignStartHorizontal, AlignStartVertical,
  AlignVerticalDistributeCenter, ArrowDown, ArrowRight, CircleSlash, ClipboardPaste, Copy, Frame, Grid3x3, Keyboard, List, Map as MapIcon, Maximize, MoreHorizontal,
  PanelLeft, Pin, Play, Redo2, Rocket, Scissors, Search, Spline, Trash2, Undo2, Wand2, WandSparkles, Workflow, ZoomIn, ZoomOut,
} from 'lucide-react'; // prettier-ignore
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuSeparator, MenuSub } from '#ui/menu.tsx';
import { toast } from '#ui/toast.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { FIT } from './canvas/fit.ts';
import type { Edge } from './graph/layout.ts';
import { alignTo, arrange, copied, duplicate, group, pasteText, pin, removeChosen, spread, switchOff, ungroup } from './state/acts.ts';
import { countOf } from './state/findings.ts';
import { go, useBuilder, useStore } from './state/store.ts';
import { assistOpen, changeView, showPalette, view } from './view.ts';

const Tool = ({
  label,
  keys,
  icon,
  onClick,
  pressed,
  disabled,
  className,
}: {
  label: string;
  keys?: string;
  icon: ReactNode;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
  className?: string;
}) => (
  <Tooltip text={label} {...(keys ? { keys } : {})} side="bottom">
    <Button
      size="icon-sm"
      variant="ghost"
      aria-label={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      disabled={disabled}
      onClick={onClick}
      {...(className ? { className } : {})}
    >
      {icon}
    </Button>
  </Tooltip>
);

const ALIGNS: readonly [Edge, ReactNode][] = [
  ['left', <AlignStartVertical key="l" />], ['center', <AlignCenterVertical key="c" />], ['right', <AlignEndVertical key="r" />],
  ['top', <AlignStartHorizontal key="t" />], ['middle', <AlignCenterHorizontal key="m" />], ['bottom', <AlignEndHorizontal key="b" />],
]; // prettier-ignore

/** What can be done with what is chosen, for those without its key. */
function ChosenItems() {
  const store = useStore();
  const some = useBuilder(({ selection }) => selection.size);
  const any = useBuilder(({ selection, lines }) => selection.size + lines.size);
  const take = async (cut: boolean) => {
    const text = copied(store.get());
    if (text === null) return;
    await navigator.clipboard.writeText(text);
    if (cut) removeChosen(store);
  };
  const put = async () => {
    const text = await navigator.clipboard.readText().catch(() => '');
    if (!pasteText(store, text)) toast.warned(t('builder.paste.nothing'), t('builder.paste.nothing.text'));
  };
  const [only] = store.get().selection;
  return (
    <>
      <MenuItem icon={<Copy />} disabled={some === 0} onSelect={() => void take(false)}>{t('builder.act.copy')}</MenuItem>
      <MenuItem icon={<Scissors />} disabled={some === 0} onSelect={() => void take(true)}>{t('builder.act.cut')}</MenuItem>
      <MenuItem icon={<ClipboardPaste />} onSelect={() => void put()}>{t('builder.act.paste')}</MenuItem>
      <MenuItem icon={<Copy />} disabled={some === 0} onSelect={() => duplicate(store)}>{t('builder.act.duplicate')}</MenuItem>
      <MenuItem icon={<CircleSlash />} disabled={some === 0} onSelect={() => switchOff(store)}>{t('builder.act.disable')}</MenuItem>
      <MenuItem icon={<Pin />} disabled={some !== 1} onSelect={() => only && pin(store, only)}>{t('builder.act.pin')}</MenuItem>
      <MenuItem icon={<Spline />} disabled={some !== 1} onSelect={() => store.set({ dialog: 'connect' })}>{t('builder.list.connect')}</MenuItem>
      <MenuItem icon={<Wand2 />} disabled={some !== 1} onSelect={() => store.set({ dialog: 'type' })}>{t('builder.act.type')}</MenuItem>
      <MenuItem icon={<Frame />} disabled={some === 0} onSelect={() => group(store)}>{t('builder.act.group')}</MenuItem>
      <MenuItem icon={<Frame />} disabled={some === 0} onSelect={() => ungroup(store)}>{t('builder.act.ungroup')}</MenuItem>
      <MenuSub icon={<AlignStartVertical />} label={t('builder.act.align')}>
        {ALIGNS.map(([edge, icon]) => (
          <MenuItem key={edge} icon={icon} disabled={some < 2} onSelect={() => alignTo(store, edge)}>{t(`builder.align.${edge}`)}</MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<AlignHorizontalDistributeCenter />} disabled={some < 3} onSelect={() => spread(store, 'x')}>{t('builder.align.x')}</MenuItem>
        <MenuItem icon={<AlignVerticalDistributeCenter />} disabled={some < 3} onSelect={() => spread(store, 'y')}>{t('builder.align.y')}</MenuItem>
      </MenuSub>
      <MenuItem danger icon={<Trash2 />} disabled={any === 0} onSelect={() => removeChosen(store)}>{t('builder.act.delete')}</MenuItem>
    </>
  ); // prettier-ignore
}

function ViewItems() {
  const { snap, minimap, direction, mode } = view.use();
  return (
    <>
      <MenuLabel>{t('builder.view')}</MenuLabel>
      <MenuChoice
        value={mode}
        onChange={(next) => changeView({ mode: next })}
        choices={[{ value: 'canvas', label: t('builder.view.canvas') }, { value: 'list', label: t('builder.view.list') }]}
      />
      <MenuSeparator />
      <MenuLabel>{t('builder.direction')}</MenuLabel>
      <MenuChoice
        value={direction}
        onChange={(next) => changeView({ direction: next })}
        choices={[{ value: 'right', label: t('builder.direction.right') }, { value: 'down', label: t('builder.direction.down') }]}
      />
      <MenuSeparator />
      <MenuCheck checked={snap} onCheckedChange={(on) => changeView({ snap: on })}><Grid3x3 />{t('builder.view.snap')}</MenuCheck>
      <MenuCheck checked={minimap} onCheckedChange={(on) => changeView({ minimap: on })}><MapIcon />{t('builder.view.minimap')}</MenuCheck>
    </>
  ); // prettier-ignore
}

function More() {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  return (
    <Menu
      align="end"
      trigger={
        <Button size="icon-sm" variant="ghost" aria-label={t('builder.more')}>
          <MoreHorizontal aria-hidden className="size-4" />
        </Button>
      }
    >
      {!readOnly && <ChosenItems />}
      <MenuSeparator />
      <ViewItems />
      <MenuSeparator />
      <MenuItem icon={<Search />} onSelect={() => store.set({ dialog: 'find' })}>{t('builder.find')}</MenuItem>
      <MenuItem icon={<Keyboard />} onSelect={() => store.set({ dialog: 'keys' })}>{t('builder.keys')}</MenuItem>
    </Menu>
  ); // prettier-ignore
}

function Zoom() {
  const flow = useReactFlow();
  return (
    <>
      <Tool
        label={t('builder.keys.fit')}
        keys="0"
        icon={<Maximize aria-hidden className="size-4" />}
        onClick={() => void flow.fitView(FIT)}
        className="max-lg:hidden"
      />
      <Tool
        label={t('graph.zoomOut')}
        keys="−"
        icon={<ZoomOut aria-hidden className="size-4" />}
        onClick={() => void flow.zoomOut()}
        className="max-lg:hidden"
      />
      <Tool
        label={t('graph.zoomIn')}
        keys="+"
        icon={<ZoomIn aria-hidden className="size-4" />}
        onClick={() => void flow.zoomIn()}
        className="max-lg:hidden"
      />
    </>
  );
}

function Problems() {
  const [errors, warnings] = [useBuilder(({ findings }) => countOf(findings, 'error')), useBuilder(({ findings }) => countOf(findings, 'warning'))];
  const { bottom } = view.use();
  const text = errors + warnings === 0 ? t('builder.problems.none.short') : [errors > 0 && t('builder.errors', { count: errors }), warnings > 0 && t('builder.warnings', { count: warnings })].filter(Boolean).join(', '); // prettier-ignore
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-pressed={bottom === 'problems'}
      onClick={() => changeView({ bottom: bottom === 'problems' ? null : 'problems' })}
      className={errors > 0 ? 'text-bad!' : warnings > 0 ? 'text-warn!' : ''}
    >
      {text}
    </Button>
  );
}

/** Help in words, in place of what is configured. */
function Assistant() {
  const store = useStore();
  const covered = useBuilder(({ open }) => open !== null);
  const on = assistOpen.use() && !covered;
  const turn = () => {
    store.set({ open: null });
    assistOpen.set(!on);
  };
  return <Tool label={t('assist')} pressed={on} icon={<WandSparkles aria-hidden className="size-4" />} onClick={turn} />;
}

/** Tools over the canvas: adding, going back, arranging, finding, running and publishing. */
export function Toolbar({ onRun, mayRun, mayPublish }: { onRun: () => void; mayRun: string | null; mayPublish: string | null }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const [back, forth] = [useBuilder(({ past }) => past.done.length > 0), useBuilder(({ past }) => past.undone.length > 0)];
  const { palette, direction, mode } = view.use();
  return (
    <div role="toolbar" aria-label={t('builder.toolbar')} className="flex flex-wrap items-center gap-0.5">
      {!readOnly && (
        <>
          <Tool label={t('builder.palette')} keys="A" pressed={palette} icon={<PanelLeft aria-hidden className="size-4" />} onClick={() => (palette ? changeView({ palette: false }) : showPalette())} className="max-md:hidden" />
          <Tool label={t('builder.keys.undo')} keys="Ctrl Z" disabled={!back} icon={<Undo2 aria-hidden className="size-4" />} onClick={() => go(store, 'undo')} />
          <Tool label={t('builder.keys.redo')} keys="Ctrl Shift Z" disabled={!forth} icon={<Redo2 aria-hidden className="size-4" />} onClick={() => go(store, 'redo')} />
          <Tool label={t('builder.keys.layout')} keys="L" icon={direction === 'right' ? <ArrowRight aria-hidden className="size-4" /> : <ArrowDown aria-hidden className="size-4" />} onClick={() => arrange(store, direction)} />
        </>
      )}
      <Zoom />
      <Tool
        label={t(mode === 'canvas' ? 'builder.view.toList' : 'builder.view.toCanvas')}
        icon={mode === 'canvas' ? <List aria-hidden className="size-4" /> : <Workflow aria-hidden className="size-4" />}
        onClick={() => changeView({ mode: mode === 'canvas' ? 'list' : 'canvas' })}
        className="max-md:hidden"
      />
      <Assistant />
      <More />
      <Problems />
      <span className="mx-1 h-5 border-s border-line" />
      <Button size="sm" blocked={mayRun} icon={<Play aria-hidden className="size-3.5" />} onClick={onRun}>{t('builder.run')}</Button>
      <Button size="sm" variant="primary" blocked={mayPublish} icon={<Rocket aria-hidden className="size-3.5" />} onClick={() => store.set({ dialog: 'publish' })}>{t('builder.publish')}</Button>
    </div>
  ); // prettier-ignore
}
