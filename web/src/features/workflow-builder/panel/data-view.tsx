import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { toast } from '#ui/toast.tsx';
import type { Json } from '../types.ts';

/** Shown at once of a list or an object. */
const MOST = 100;
const isBag = (value: Json): value is Json[] | { [key: string]: Json } => typeof value === 'object' && value !== null;
const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? `list(${value.length})` : typeof value === 'object' ? 'map' : typeof value;
const below = (path: string, name: string | number): string =>
  typeof name === 'number' ? `${path}[${name}]` : /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;

async function copy(path: string): Promise<void> {
  await navigator.clipboard?.writeText(`{{ ${path} }}`);
  toast.done(t('builder.data.copied', { path }));
}

/** The name of a value: dragged into a field, or copied, it is the expression that reads it. */
const PathButton = ({ name, path, type }: { name: string; path: string; type: string }) => (
  <button
    type="button"
    draggable
    onDragStart={(event) => event.dataTransfer.setData('text/plain', `{{ ${path} }}`)}
    onClick={() => void copy(path)}
    title={t('builder.data.drag')}
    className="cursor-grab! rounded-xs font-mono text-xs text-accent hover:underline"
  >
    {name} <span className="text-ink-3">{type}</span>
  </button>
);

function Branch({ name, path, value, depth }: { name: string; path: string; value: Json; depth: number }) {
  const [open, setOpen] = useState(depth < 2);
  if (!isBag(value)) return <li className="flex gap-2 py-0.5 ps-4"><PathButton name={name} path={path} type={typeOf(value)} /><code className="min-w-0 truncate text-xs text-ink-2">{JSON.stringify(value)}</code></li>; // prettier-ignore
  const entries = Array.isArray(value) ? value.map((each, i) => [i, each] as const) : Object.entries(value);
  return (
    <li className="py-0.5">
      <span className="flex items-center gap-1">
        <button
          type="button"
          aria-expanded={open}
          aria-label={t('builder.data.open', { name })}
          onClick={() => setOpen(!open)}
          className="w-3 text-ink-3"
        >
          {open ? '−' : '+'}
        </button>
        <PathButton name={name} path={path} type={typeOf(value)} />
      </span>
      {open && (
        <ul className="ms-1.5 border-s border-line ps-1.5">
          {entries.slice(0, MOST).map(([key, each]) => (
            <Branch key={key} name={String(key)} path={below(path, key)} value={each} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Rows({ value, label }: { value: Json; label: string }) {
  const rows = (Array.isArray(value) ? value : [value]).slice(0, MOST);
  const columns = [...new Set(rows.flatMap((row) => (isBag(row) && !Array.isArray(row) ? Object.keys(row) : [])))];
  const heads = columns.length > 0 ? columns : [t('builder.data.value')];
  const cell = (row: Json, column: string): string => JSON.stringify(columns.length === 0 ? row : isBag(row) ? ((row as { [key: string]: Json })[column] ?? null) : null); // prettier-ignore
  return (
    <div tabIndex={0} role="group" aria-label={label} className="max-h-96 overflow-auto rounded-md border border-line">
      <table className="w-full text-xs">
        <thead className="bg-sunken text-start text-ink-2">
          <tr>{heads.map((head) => <th key={head} scope="col" className="px-2 py-1 text-start font-medium">{head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i} className="border-t border-line">{heads.map((head) => <td key={head} className="max-w-48 truncate px-2 py-1 font-mono">{cell(row, head)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  ); // prettier-ignore
}

type Look = 'fields' | 'table' | 'json';
/** A value as fields to drag from, as a table, or as it is. */
export function DataView({ value, path, name }: { value: Json; path: string; name: string }) {
  const [look, setLook] = useState<Look>('fields');
  return (
    <Tabs<Look>
      label={t('builder.data.of', { name })}
      value={look}
      onChange={setLook}
      tabs={[
        { value: 'fields', label: t('builder.data.fields'), content: <ul><Branch name={name} path={path} value={value} depth={0} /></ul> }, // prettier-ignore
        { value: 'table', label: t('builder.data.table'), content: <Rows value={value} label={t('builder.data.of', { name })} /> },
        { value: 'json', label: 'JSON', content: <CodeBlock label={t('builder.data.of', { name })} code={JSON.stringify(value, null, 2)} /> },
      ]}
    />
  );
}
