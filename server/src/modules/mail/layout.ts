import type { Language, Letter } from './templates/letter.ts';

export interface Frame {
  language: Language;
  installation: string;
  greeting: string;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** The mail as text: complete by itself, the link on a line of its own. */
export function textOf({ lines, code, action, notes = [] }: Letter, { language, installation, greeting }: Frame): string {
  const parts = [
    greeting,
    ...lines,
    ...(code ? [`${language.code}: ${code}`] : []),
    ...(action ? [`${action.label}:\n${action.link}`] : []),
    ...notes,
    `-- \n${installation}\n${language.footer(installation)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const paragraph = (text: string, style = ''): string => `<p style="margin:0 0 16px;${style}">${escaped(text)}</p>`;
const QUIET = 'font-size:13px;line-height:19px;';

const button = ({ label, link }: { label: string; link: string }, hint: string): string =>
  `<p style="margin:24px 0"><a class="b" href="${escaped(link)}" style="display:inline-block;padding:11px 20px;border-radius:6px;background:#1f5fd6;color:#ffffff;text-decoration:none;font-weight:600">${escaped(label)}</a></p>` +
  `<p class="q" style="margin:0 0 16px;${QUIET}color:#5b6472">${escaped(hint)}<br><span style="word-break:break-all">${escaped(link)}</span></p>`;

/** No pictures, no fonts, no script, nothing fetched: opening the mail tells nobody that it was opened. */
export function htmlOf({ subject, lines, code, action, notes = [] }: Letter, { language, installation, greeting }: Frame): string {
  const body = [
    paragraph(greeting),
    ...lines.map((line) => paragraph(line)),
    ...(code ? [`<p class="k" style="margin:0 0 16px;padding:12px 16px;border-radius:6px;background:#eef1f6;font:600 24px/30px ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px"><span style="font:13px/19px system-ui,sans-serif;letter-spacing:0">${escaped(language.code)}:</span> ${escaped(code)}</p>`] : []),
    ...(action ? [button(action, language.linkHint)] : []),
    ...notes.map((note) => paragraph(note, QUIET)),
  ].join('\n'); // prettier-ignore
  return `<!doctype html>
<html lang="${language.tag}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  body, .p { background: #14171c !important; color: #e6e9ee !important; }
  .c { background: #1c2128 !important; border-color: #323a45 !important; }
  .k { background: #2a313b !important; }
  .q { color: #a3adba !important; }
  .b { background: #3f7cf0 !important; }
}
</style>
</head>
<body class="p" style="margin:0;padding:24px 12px;background:#f4f6f9;color:#1b2027;font:16px/24px system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div class="c" style="max-width:560px;margin:0 auto;padding:28px 28px 16px;background:#ffffff;border:1px solid #dfe4eb;border-radius:8px">
<h1 style="margin:0 0 20px;font-size:20px;line-height:28px">${escaped(subject)}</h1>
${body}
</div>
<p class="q" style="max-width:560px;margin:16px auto 0;padding:0 8px;${QUIET}color:#5b6472">${escaped(installation)}<br>${escaped(language.footer(installation))}</p>
</body>
</html>
`;
}
