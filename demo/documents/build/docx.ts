import { zip } from './zip.ts';

/** What a document is made of, top to bottom. */
export type Block = { title: string } | { heading: string } | { text: string } | { table: readonly string[][] };

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** The least that Word, LibreOffice and mammoth open: a body, and the names of two styles. */
export function docx(blocks: readonly Block[]): Buffer {
  return zip({
    '[Content_Types].xml':
      `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/word/document.xml" ContentType="${OFFICE}.document.main+xml"/>` +
      `<Override PartName="/word/styles.xml" ContentType="${OFFICE}.styles+xml"/></Types>`,
    '_rels/.rels': relations('officeDocument', 'word/document.xml'),
    'word/_rels/document.xml.rels': relations('styles', 'styles.xml'),
    'word/styles.xml': `${HEAD}<w:styles ${WORD}>${style('Heading1', 'heading 1')}${style('Heading2', 'heading 2')}</w:styles>`,
    'word/document.xml': `${HEAD}<w:document ${WORD}><w:body>${blocks.map(blockXml).join('')}</w:body></w:document>`,
  });
}

function relations(kind: string, target: string): string {
  const one = `<Relationship Id="rId1" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${one}</Relationships>`;
}

function style(id: string, name: string): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr><w:b/></w:rPr></w:style>`;
}

function blockXml(block: Block): string {
  if ('title' in block) return paragraph(block.title, 'Heading1');
  if ('heading' in block) return paragraph(block.heading, 'Heading2');
  if ('text' in block) return paragraph(block.text);
  const rows = block.table.map((cells) => cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join(''));
  return `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;
}

function paragraph(text: string, name?: string): string {
  const look = name === undefined ? '' : `<w:pPr><w:pStyle w:val="${name}"/></w:pPr>`;
  return `<w:p>${look}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
