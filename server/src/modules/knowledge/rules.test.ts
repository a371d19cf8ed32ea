import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#kernel/problem.ts';
import '#kernel/problems.ts';
import { cut, passagesOf } from './ingest/chunk.ts';
import { sectionsOf } from './ingest/extract.ts';
import './problems.ts';
import { requireSizes, upload } from './rules.ts';

const solid = (text: string): string => text.replaceAll(/\s+/g, '');
const prose = fc.array(fc.oneof(fc.lorem({ maxCount: 12 }), fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('\n\n', '\n', '. ', ' ', '😀😀😀', 'ü'.repeat(90))), { maxLength: 40 }).map((parts) => parts.join('')); // prettier-ignore
const sizes = fc.integer({ min: 20, max: 300 }).chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: Math.floor(size / 2) })));

describe('passages', () => {
  test('none is larger than said, none is empty, and they are few', () => {
    fc.assert(fc.property(prose, sizes, (text, [size, overlap]) => {
      const pieces = cut(text, size, overlap);
      for (const piece of pieces) expect(piece.length).toBeGreaterThan(0);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(size);
      expect(pieces.length).toBeLessThanOrEqual(text.length);
    }));
  }); // prettier-ignore
  test('without overlap they are the text, and nothing else', () => {
    fc.assert(fc.property(prose, fc.integer({ min: 20, max: 300 }), (text, size) => void expect(solid(cut(text, size, 0).join(' '))).toBe(solid(text))));
  }); // prettier-ignore
  test('with overlap every word of the text is in one of them, in order', () => {
    // Of one length, so that none stands in another, and short enough never to be cut.
    const words = fc.uniqueArray(fc.nat({ max: 999_999 }), { minLength: 1, maxLength: 80 }).map((numbers) => numbers.map((one) => `w${String(one).padStart(6, '0')}`).join(' ')); // prettier-ignore
    fc.assert(fc.property(words, sizes, (text, [size, overlap]) => {
      let reached = 0;
      for (const piece of cut(text, size, overlap)) {
        const at = text.indexOf(piece, Math.max(0, reached - size));
        // Each begins in what was covered, or right behind it.
        expect(at).toBeGreaterThanOrEqual(0);
        expect(solid(text.slice(reached, Math.max(reached, at)))).toBe('');
        reached = Math.max(reached, at + piece.length);
      }
      expect(solid(text.slice(reached))).toBe('');
    }));
  }); // prettier-ignore
  test('no character is cut in two', () => {
    for (const size of [20, 21, 33]) for (const piece of cut('😀'.repeat(200), size, 0)) expect(piece.isWellFormed()).toBe(true);
  });
  test('they break at paragraphs before lines, lines before sentences, sentences before words', () => {
    expect(cut('One two three.\n\nFour five. Six\nseven eight nine', 24, 0)).toEqual(['One two three.', 'Four five. Six', 'seven eight nine']);
    expect(cut('alpha beta gamma delta', 12, 6)).toEqual(['alpha beta', 'beta gamma', 'gamma delta']);
  });
  test('none reaches over a heading', () => {
    expect(passagesOf([{ heading: 'A', text: 'one' }, { heading: 'A › B', text: 'two' }], 1_000, 0)).toEqual([{ heading: 'A', content: 'one' }, { heading: 'A › B', content: 'two' }]); // prettier-ignore
  });
});

describe('what documents say', () => {
  test('Markdown is cut at its headings, not at those in a fence', () => {
    const text = 'Before.\r\n\r\n# Edge\r\nFirst.\n```\n# no heading\n```\n## Night\nSecond.\n# Core ##\nThird.';
    expect(sectionsOf('text/markdown', text)).toEqual([
      { heading: null, text: 'Before.' },
      { heading: 'Edge', text: 'First.\n```\n# no heading\n```' },
      { heading: 'Edge › Night', text: 'Second.' },
      { heading: 'Core', text: 'Third.' },
    ]);
  });
  test('HTML gives its text under its headings; scripts, styles, comments and attributes are none', () => {
    const html = `<!doctype html><html><head><title>T</title><style>p{}</style></head><body><!-- <p>no</p> --><h1>Edge &amp; <b>core</b></h1>
      <p title="a > b">One&nbsp;two<br>three</p><script>if (a < b) "</p>"</script><ul><li>x</li><li>y</li></ul><table><tr><td>1</td><td>2</td></tr></table>
      <h2>Night</h2>5 < 6 &#8364; &#x41; &unknown; &#0;<p>end`;
    expect(sectionsOf('text/html', html)).toEqual([
      { heading: 'Edge & core', text: 'One two\nthree\n\nx\ny\n\n1 | 2 |' },
      { heading: 'Edge & core › Night', text: '5 < 6 € A &unknown;\n\nend' },
    ]);
  });
  test('HTML of any kind is read in one pass, and gives no markup that it did not hold as text', () => {
    const parts = fc.constantFrom('<', '>', '</', '<p', '<p>', '</p>', '<!--', '-->', '<script>', '</script>', '"', "'", '&', '&lt;', '<h1>', '</h1>', 'text', ' ', '<?', '<!x>', '<h2', '</');
    fc.assert(fc.property(fc.array(parts, { maxLength: 60 }), (list) => void sectionsOf('text/html', list.join(''))));
    const long = '<'.repeat(100_000);
    expect(sectionsOf('text/html', `${long}a`)).toHaveLength(1);
    expect(sectionsOf('text/html', '<a "'.repeat(50_000)).length).toBeLessThanOrEqual(1);
  }); // prettier-ignore
  test('CSV gives each row with the names of its columns', () => {
    expect(sectionsOf('text/csv', 'host,site,note\r\nedge-1,fra,"a\nb"\n,,\ncore-1,,x,more\n')).toEqual([
      { heading: null, text: 'host: edge-1; site: fra; note: a b\n\nhost: core-1; note: x; column 4: more' },
    ]);
    expect(sectionsOf('text/csv', '')).toEqual([]);
  });
  // Each of these took hours when blanks were shared out in every way.
  test('long runs of blanks and signs are read in the time of reading them', () => {
    const blanks = ' '.repeat(1_000_000);
    expect(sectionsOf('text/plain', `a${blanks}b`)).toHaveLength(1);
    expect(sectionsOf('text/markdown', `# a${blanks}b ##\nText`)).toEqual([{ heading: `a${blanks}`.slice(0, 200), text: 'Text' }]);
    expect(sectionsOf('text/markdown', '# C#\nText')[0]!.heading).toBe('C#');
    expect(cut('x'.repeat(2_000_000), 1_000, 0)).toHaveLength(2_000);
  });
  test('plain text loses what is not text', () => {
    expect(sectionsOf('text/plain', 'a \r\n\r\n\r\n\u0007b')).toEqual([{ heading: null, text: 'a\n\n b' }]);
    expect(sectionsOf('text/plain', ' \n ')).toEqual([]);
  });
});

const refusal = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (error) {
    return error instanceof Problem ? error.slug : String(error);
  }
};
describe('what is uploaded', () => {
  const text = (filename: string, content = 'x') => upload({ filename, content, encoding: 'text' });
  test('its ending says what it is', () => {
    expect(['a.txt', 'b.MD', 'c.htm', 'd.csv', 'e.log'].map((name) => text(name).mediaType)).toEqual(['text/plain', 'text/markdown', 'text/html', 'text/csv', 'text/plain']); // prettier-ignore
  });
  test('PDF, pictures, archives, what is no UTF-8 and what is no base64 are refused with words', () => {
    const base64 = (bytes: Uint8Array) => () => upload({ filename: 'a.txt', content: Buffer.from(bytes).toString('base64'), encoding: 'base64' });
    for (const work of [() => text('a.pdf'), () => text('a.txt', '%PDF-1.7 …'), () => text('a.docx'), () => text('noending'), () => text('a.constructor'), base64(gzipSync('x')), base64(Uint8Array.of(0xc3, 0x28)), base64(Uint8Array.of(65, 0, 66)), () => upload({ filename: 'a.txt', content: 'a*b', encoding: 'base64' })])
      expect(refusal(work)).toBe('document-unreadable');
    expect(gunzipSync(gzipSync(upload({ filename: 'a.txt', content: '77u/eA==', encoding: 'base64' }).bytes)).toString()).toBe('\ufeffx');
  }); // prettier-ignore
  test('5 MiB is the most', () => expect(refusal(() => text('a.txt', 'ü'.repeat(2_621_441)))).toBe('document-too-large'));
  test('passages overlap by half at most', () => {
    expect(refusal(() => requireSizes({ passageSize: 200, passageOverlap: 101 }))).toBe('validation-failed');
    expect(refusal(() => requireSizes({ passageSize: 200, passageOverlap: 100 }))).toBe('taken');
  });
});
