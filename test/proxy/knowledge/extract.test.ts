import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { chunksOf } from '../../../proxy/knowledge/chunk.ts';
import { DocumentError } from '../../../proxy/knowledge/document-error.ts';
import { extract } from '../../../proxy/knowledge/extract.ts';
import { createExtractor, type Extractor } from '../../../proxy/knowledge/extractor.ts';
import { docx, entry, pdf, written, zipOf } from './poison.ts';

const reading = (name: string, content: string | Buffer) =>
  extract({ name, bytes: new Uint8Array(Buffer.from(content)) });
const textOf = async (name: string, content: string | Buffer) =>
  (await reading(name, content)).blocks.map(({ kind, text }) => `${kind}: ${text}`);

describe('a document is read', () => {
  test('from HTML: headings, rows with the names of their columns, and nothing of its scripts', async () => {
    const html = `<html lang="he-IL"><head><title>Returns &amp; more</title><style>p{}</style></head><body><nav>Home</nav>
      <h1>Returns</h1><p>Within 30&nbsp;days<script>steal()</script>.</p><img src=x onerror=steal()>
      <table><tr><th>Size</th><th>Chest</th></tr><tr><td>M</td><td>96 cm</td></tr></table><!-- steal() --></body></html>`;
    const read = await reading('returns.html', html);
    expect(read).toMatchObject({ kind: 'html', title: 'Returns & more', lang: 'he-IL' });
    expect(read.blocks).toEqual([
      { kind: 'heading', level: 1, text: 'Returns' },
      { kind: 'text', text: 'Within 30 days.' },
      { kind: 'row', text: 'Size: M; Chest: 96 cm' },
    ]);
  });

  test('from Markdown, without its marks and its HTML', async () => {
    const text =
      '# Care\n\nWash at **30°** and [more](https://x.example).<script>steal()</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
    expect(await textOf('care.md', text)).toEqual([
      'heading: Care',
      'text: Wash at 30° and more. steal()',
      'row: a: 1; b: 2',
    ]);
  });

  test('from CSV, text of an old code page, and UTF-16', async () => {
    expect(await textOf('faq.csv', 'Question;Answer\n"Open?";"Yes; daily"\n')).toEqual([
      'row: Question: Open?; Answer: Yes; daily',
    ]);
    expect(await textOf('a.txt', Buffer.from([0xf9, 0xec, 0xe5, 0xed]))).toEqual(['text: שלום']);
    expect(await textOf('b.txt', Buffer.from('\ufeffשלום', 'utf16le'))).toEqual(['text: שלום']);
  });

  test('from a PDF, whose headings are told by their size', async () => {
    const page = written([20, 700, 'Returns'], [11, 660, 'Unopened goods come back'], [11, 646, 'within 30 days.']);
    const read = await reading('returns.pdf', pdf([page]));
    expect(read).toMatchObject({ kind: 'pdf', title: 'Returns', pages: 1 });
    expect(read.blocks.at(-1)).toEqual({ kind: 'text', text: 'Unopened goods come back within 30 days.' });
  });

  test('from a Word document', async () => {
    const body =
      '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Warranty</w:t></w:r></w:p><w:p><w:r><w:t>Two years.</w:t></w:r></w:p>';
    expect(await textOf('w.docx', docx(body))).toEqual(expect.arrayContaining(['text: Two years.']));
  });
});

describe('a document is refused with a reason', () => {
  const noPage = pdf([Buffer.from('q Q')]);
  const zeros = Buffer.alloc(60 * 2 ** 20);
  const lie = { name: 'word/document.xml', packed: deflateRawSync(zeros), unpacked: 1_000 };
  const cases: [string, string, string | Buffer, RegExp][] = [
    ['nothing at all', 'a.txt', '', /empty/],
    ['blanks alone', 'a.md', ' \n\n ', /no text in it/],
    ['a scan', 'a.pdf', noPage, /no text in this PDF: it is a scan/],
    ['half a PDF', 'a.pdf', Buffer.from('%PDF-1.7\nnonsense'), /damaged/],
    [
      'a PDF with a password',
      'a.pdf',
      pdf([written([11, 700, 'A secret that nobody may read'])], { trailer: locked() }),
      /encrypted/,
    ],
    ['a zip bomb', 'a.docx', zipOf([entry('word/document.xml', zeros)]), /zip bomb/],
    ['a zip that lies about its size', 'a.docx', zipOf([lie]), /zip bomb/],
    [
      'a zip of nothing but entries',
      'a.docx',
      zipOf(Array.from({ length: 2_001 }, (_, n) => entry(`${n}`, ''))),
      /2001 files/,
    ],
    ['a zip with a password', 'a.docx', zipOf([{ ...entry('word/document.xml', 'x'), flags: 1 }]), /encrypted/],
    ['a zip that is cut off', 'a.docx', docx('<w:p/>').subarray(0, 400), /damaged.*Save it again/],
    ['a spreadsheet', 'a.docx', zipOf([entry('xl/workbook.xml', 'x')]), /spreadsheet/],
    ['a picture', 'a.pdf', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /picture/],
    ['text that says it is a PDF', 'a.pdf', 'hello', /says PDF, but it is something else/],
    ['bytes that say they are text', 'a.txt', Buffer.alloc(1_000, 1), /no text/],
    ['a table with an open quote', 'a.csv', 'a,b\n"x,y', /a quote is never closed/],
    ['an unknown ending', 'a.xyz', 'hello', /Nobody knows what "a\.xyz" is/],
  ];
  test.each(cases)('%s', async (_what, name, content, reason) => {
    const read = reading(name, content);
    await expect(read).rejects.toThrow(reason);
    await expect(read).rejects.toBeInstanceOf(DocumentError);
  });
});

/** RC4 with 40 bits and a password that nobody has. */
function locked(): string {
  const hex = 'ab'.repeat(32);
  return `/ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${hex}> /U <${hex}> /P -4 >>`;
}

describe('a document that takes too much is left', () => {
  let extractor: Extractor | undefined;
  afterEach(() => extractor?.close());
  const { signal } = new AbortController();
  const plain = { name: 'a.txt', bytes: new TextEncoder().encode('Open daily.') };
  const bomb = () =>
    pdf([Buffer.concat([Buffer.alloc(400 * 2 ** 20, ' '), written([11, 700, 'at last some text to read'])])]);

  test('of memory, and the next one is read', { timeout: 30_000 }, async () => {
    extractor = createExtractor({ maxBuffersMb: 64 });
    const bytes = new Uint8Array(bomb());
    await expect(extractor.read({ name: 'a.pdf', bytes }, signal)).rejects.toThrow(
      /more than a document may take of memory/,
    );
    expect((await extractor.read(plain, signal)).chunks).toHaveLength(1);
  });

  test('of memory over many: their thread makes place for a new one after so many', async () => {
    let threads = 0;
    const count = () => void threads++;
    process.on('worker', count);
    onTestFinished(() => void process.off('worker', count));
    extractor = createExtractor({ maxRead: 2 });
    for (let n = 0; n < 5; n++) await extractor.read(plain, signal);
    expect(threads).toBe(3);
  });

  test('of time, or that nobody waits for any more', async () => {
    extractor = createExtractor({ longestMs: 1 });
    await expect(extractor.read(plain, signal)).rejects.toThrow(/takes longer than/);
    await expect(extractor.read(plain, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});

describe('chunks', () => {
  const sentence = (n: number) => `Sentence number ${n} says something about returns and exchanges.`;
  test('stay below their headings, overlap by a sentence or two, and are the same every time', () => {
    const text = Array.from({ length: 40 }, (_, n) => sentence(n)).join(' ');
    const blocks = [
      { kind: 'heading' as const, level: 1, text: 'Returns' },
      { kind: 'heading' as const, level: 2, text: 'Exchanges' },
      { kind: 'text' as const, text },
      { kind: 'heading' as const, level: 2, text: 'Gifts' },
      { kind: 'text' as const, text: 'Never.' },
    ];
    const chunks = chunksOf(blocks);
    expect(chunks.map(({ section }) => section).at(-1)).toBe('Returns › Gifts');
    expect(new Set(chunks.map(({ section }) => section))).toEqual(new Set(['Returns › Exchanges', 'Returns › Gifts']));
    for (const chunk of chunks) expect(chunk.text.length).toBeLessThanOrEqual(1_200);
    const lastOfFirst = chunks[0]!.text.match(/Sentence number (\d+)/g)!.at(-1)!;
    expect(chunks[1]!.text).toContain(lastOfFirst);
    expect(chunksOf(blocks)).toEqual(chunks);
  });

  test('never tear a row apart, nor say it twice', () => {
    const rows = Array.from({ length: 50 }, (_, n) => ({
      kind: 'row' as const,
      text: `Size: ${n}; Chest: ${n} cm; ${'x'.repeat(60)}`,
    }));
    const lines = chunksOf(rows).flatMap(({ text }) => text.split('\n'));
    expect(lines).toEqual(rows.map(({ text }) => text));
  });
});
