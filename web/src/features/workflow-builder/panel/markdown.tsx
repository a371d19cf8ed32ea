import type { ReactNode } from 'react';
import { CodeBlock } from '#ui/code-block.tsx';
import { Prose } from '#ui/prose.tsx';

const lines = (text: string): string[] => text.split('\n');
function block(text: string, key: number): ReactNode {
  const [, hashes = '', title] = /^(#{1,4}) +(.*)$/.exec(text) ?? [];
  if (title !== undefined) return <h3 key={key} className={hashes.length > 2 ? 'font-medium' : 'text-base font-semibold'}><Prose text={title} /></h3>; // prettier-ignore
  if (/^([-*]|\d+\.) /.test(text)) return <ul key={key} className="list-disc ps-5">{lines(text).map((line, i) => <li key={i}><Prose text={line.replace(/^([-*]|\d+\.) /, '')} /></li>)}</ul>; // prettier-ignore
  return <p key={key}><Prose text={text.replaceAll('\n', ' ')} /></p>; // prettier-ignore
}

/** The little Markdown that documentation of node types and notes is written in: no HTML, no links out. */
export function Markdown({ text, label }: { text: string; label: string }) {
  const parts = text.split(/^```\w*\n([\s\S]*?)^```$/m);
  return (
    <div className="flex flex-col gap-3 text-ink-2">
      {parts.map((part, i) => (i % 2 === 1 ? <CodeBlock key={i} label={label} code={part.trimEnd()} /> : part.split(/\n{2,}/).filter((each) => each.trim() !== '').map((each, j) => block(each.trim(), i * 1_000 + j))))}
    </div>
  ); // prettier-ignore
}
