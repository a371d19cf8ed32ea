import type { ReactNode } from 'react';
import { CodeBlock } from '#ui/code-block.tsx';
import { Prose } from '#ui/prose.tsx';

/** Words set bold, and code within the rest. */
const Words = ({ text }: { text: string }): ReactNode =>
  text.split(/\*\*([^*]+)\*\*/).map((part, i) => (i % 2 === 1 ? <strong key={i}>{part}</strong> : <Prose key={i} text={part} />));

const lines = (text: string): string[] => text.split('\n');
const cells = (line: string): string[] => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim()); // prettier-ignore
function Rows({ text }: { text: string }) {
  const [head = '', , ...rows] = lines(text);
  return (
    <div tabIndex={0} role="group" aria-label={cells(head).join(', ')} className="overflow-x-auto">
      <table className="w-full text-xs">
        <thead>
          <tr>{cells(head).map((cell, i) => <th key={i} scope="col" className="border-b border-line py-1 pe-3 text-start font-medium"><Words text={cell} /></th>)}</tr>
        </thead>
        <tbody>{rows.map((row, i) => <tr key={i}>{cells(row).map((cell, j) => <td key={j} className="border-b border-line py-1 pe-3 align-top"><Words text={cell} /></td>)}</tr>)}</tbody>
      </table>
    </div>
  ); // prettier-ignore
}

function block(text: string, key: number): ReactNode {
  const [, hashes = '', title] = /^(#{1,4}) +(.*)$/.exec(text) ?? [];
  if (title !== undefined) return <h3 key={key} className={hashes.length > 2 ? 'font-medium' : 'text-base font-semibold'}><Words text={title} /></h3>; // prettier-ignore
  if (/^([-*]|\d+\.) /.test(text)) return <ul key={key} className="list-disc ps-5">{lines(text).map((line, i) => <li key={i}><Words text={line.replace(/^([-*]|\d+\.) /, '')} /></li>)}</ul>; // prettier-ignore
  if (text.startsWith('|')) return <Rows key={key} text={text} />;
  return <p key={key}><Words text={text.replaceAll('\n', ' ')} /></p>; // prettier-ignore
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
