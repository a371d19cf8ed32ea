import { createHash } from 'node:crypto';
import type { Place } from '../find.ts';
import { bundleOf, desiredOf, type Placed } from '../route-server-rows.ts';
import { render } from '../render/render.ts';
import type { BundleFile } from '../ssh/tar.ts';

/** What a route server is to have. */
export interface Wanted {
  files: BundleFile[];
  sha256: string;
  /** Of all that is the same on every server of the fabric: a text that one of them refused is refused by the others too. */
  wish: string;
}

export async function wantedOf(place: Place, found: Placed): Promise<Wanted> {
  const [{ files, sha256 }, desired] = [await bundleOf(place, found), await desiredOf(place, found)];
  const common = render({ ...desired, routerId: '0.0.0.0', addressV6: '::', addressV4: desired.addressV4 === null ? null : '0.0.0.0', rtrServers: [] });
  return { files, sha256, wish: common.sha256 };
} // prettier-ignore

/** The files as they are sent: with the number by which BIRD says which it has. */
export const numbered = (files: readonly BundleFile[], number: number): BundleFile[] => [
  { path: 'generation.conf', content: `define SY_GENERATION = ${number};\n` },
  ...files.map(({ path, content }) => ({ path, content: path === 'main.conf' ? `include "generation.conf";\n${content}` : content })),
];

export interface WantedSession {
  name: string;
  disabled: boolean;
}
/** Sessions as the files have them, by their names at BIRD. */
export const sessionsIn = (files: readonly BundleFile[]): WantedSession[] =>
  files.flatMap(({ content }) =>
    [...content.matchAll(/^protocol bgp (\S+) from [^{]*\{([^]*?)^\}/gm)].map(([, name = '', body = '']) => ({ name, disabled: /^\s*disabled;/m.test(body) })),
  ); // prettier-ignore

/** Routes whose origin is Invalid are refused, so that origins have to be known. */
export const enforces = (files: readonly BundleFile[]): boolean =>
  files.some(({ path, content }) => path === 'base.conf' && content.includes('sy_deny(13)'));

export const digests = (files: readonly BundleFile[]): Map<string, string> =>
  new Map(files.map(({ path, content }) => [path, createHash('sha256').update(content).digest('hex')]));
