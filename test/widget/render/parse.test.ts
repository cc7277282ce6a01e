import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { BlockParser } from '../../../widget/render/parse-blocks.ts';
import { html, inlineHtml, normal, parseBlocks } from './as-html.ts';

const paragraphs = (text: string): string => html(parseBlocks(text));

test('a heading that was only attempted ranks no other', () => {
  const parser = new BlockParser();
  parser.line('## A');
  parser.attempt('### ', () => {});
  parser.line('#### B');
  expect(parser.blocks).toMatchObject([
    { level: 2, depth: 1 },
    { level: 4, depth: 2 },
  ]);
});

describe('blocks', () => {
  test.each([
    ['a list may follow a paragraph at once', 'Two:\n- a\n- b', '<p>Two:</p><ul><li>a</li><li>b</li></ul>'],
    ['but a year at a line’s beginning is no list', 'in\n2026. Then', '<p>in\n2026. Then</p>'],
    [
      'items go deeper by their content’s column',
      '- a\n  - b\n- c',
      '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    ],
    ['or by a tab', '1. a\n\t- b', '<ol><li>a<ul><li>b</li></ul></li></ol>'],
    ['a blank line between items sets them apart', '- a\n\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    [
      'one between the items of an inner list leaves the outer one as it is',
      '- a\n  - b\n\n  - c',
      '<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li></ul>',
    ],
    ['one after the list means nothing', '- a\n- b\n\nc', '<ul><li>a</li><li>b</li></ul><p>c</p>'],
    ['a list goes on from its first number', '7. a\n9. b', '<ol start="7"><li>a</li><li>b</li></ol>'],
    ['another bullet is another list', '- a\n+ b', '<ul><li>a</li></ul><ul><li>b</li></ul>'],
    [
      'a quote takes the lines of its paragraph without `>`',
      '> a\nb\n\nc',
      '<blockquote><p>a\nb</p></blockquote><p>c</p>',
    ],
    [
      'a code block keeps its lines, tabs and blanks',
      '```js\n\ta\n\n - b\n```\nc',
      '<pre><code>\ta\n\n - b</code></pre><p>c</p>',
    ],
    ['and ends with the text when nothing ends it', '~~~\n```\na', '<pre><code>```\na</code></pre>'],
    [
      'in an item it loses the item’s indentation',
      '- a\n  ```\n  b\n    c\n  ```',
      '<ul><li>a<pre><code>b\n  c</code></pre></li></ul>',
    ],
    ['an underline makes the paragraph above a heading', 'a\nb\n---', '<h2>a\nb</h2>'],
    ['a line of dashes after a blank one is a rule', 'a\n\n---', '<p>a</p><hr>'],
    ['closing hashes are no text', '## a ##\n#b', '<h2>a</h2><p>#b</p>'],
    [
      'a table has as many cells as its head',
      'a\n|b|c|\n|-|-|\n|1|\n|2|3|4|',
      '<p>a</p><table><thead><tr><th>b</th><th>c</th></tr></thead><tbody><tr><td>1</td><td></td></tr><tr><td>2</td><td>3</td></tr></tbody></table>',
    ],
    [
      'a bar can be text',
      '|a|\n|-|\n|b \\| `c\\|d`|',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b | <code>c|d</code></td></tr></tbody></table>',
    ],
    ['a head with other columns is none', '|a|b|\n|-|', '<p>|a|b|\n|-|</p>'],
    ['what is indented is no code', '    - a', '<ul><li>a</li></ul>'],
    ['HTML is text', '<div>\n*a*\n</div>', '<p>&#60;div&#62;\n<em>a</em>\n&#60;/div&#62;</p>'],
  ])('%s', (_, markdown, expected) => {
    expect(paragraphs(markdown)).toBe(expected);
  });

  test('know a task', () => {
    const [list] = parseBlocks('- [ ] a\n- [x] b\n- [] c');
    expect(list?.type === 'list' && list.blocks.map(({ checked }) => checked)).toEqual([false, true, null]);
  });
});

describe('inline markup', () => {
  test.each([
    ['emphasis in emphasis', '***a** b* **c *d***', '<em><strong>a</strong> b</em> <strong>c <em>d</em></strong>'],
    ['stars with spaces are stars', '5 * 3 * 2', '5 * 3 * 2'],
    ['underscores in a word are the word’s', 'x_y_z _a_', 'x_y_z <em>a</em>'],
    ['only two tildes strike out', '~50 ₪ ~~60 ₪~~ ~a~', '~50 ₪ <del>60 ₪</del> ~a~'],
    ['code is taken as it is', '`` a`*b* `` **`c`**', '<code>a`*b*</code> <strong><code>c</code></strong>'],
    ['what does not end is text', '**a `b [c](d', '**a `b [c](d'],
    ['an escaped character is itself', '\\*a\\* \\a', '*a* \\a'],
    ['two spaces or a backslash break the line', 'a  \nb\\\nc\nd', 'a<br>b<br>c\nd'],
    ['a link has brackets, parentheses and a title', '[a [b]](c_(d)_e "t")', '<a href="c_(d)_e">a [b]</a>'],
    ['its address may stand in angle brackets', '[a](<b c>)', '<a href="b c">a</a>'],
    ['no link stands in a link', '[a [b](c) d](e)', '[a <a href="c">b</a> d](e)'],
    ['an image may', '[![a](b)](c)', '<a href="c"><img src="b" alt="a"></a>'],
    [
      'a bare address leaves the sentence’s marks',
      '(see https://a.b/c_(d).)',
      '(see <a href="https://a.b/c_(d)">https://a.b/c_(d)</a>.)',
    ],
    ['also in bold', '**https://a.b**', '<strong><a href="https://a.b">https://a.b</a></strong>'],
    [
      'and as the text of its own link',
      '[https://a.b](https://a.b)',
      '<a href="https://a.b"><a href="https://a.b">https://a.b</a></a>',
    ],
    [
      'www. and mail need no scheme',
      'www.a.b c_d@e.fg',
      '<a href="http://www.a.b">www.a.b</a> <a href="mailto:c_d@e.fg">c_d@e.fg</a>',
    ],
    [
      'angle brackets make an address',
      '<https://a.b?c&d> <e@f.gh>',
      '<a href="https://a.b?c&#38;d">https://a.b?c&#38;d</a> <a href="mailto:e@f.gh">e@f.gh</a>',
    ],
    ['references are characters', '&lt;b&gt; &#8362;&#x20AA; &nope; AT&T', '&#60;b&#62; ₪₪ &#38;nope; AT&#38;T'],
  ])('%s', (_, markdown, expected) => {
    expect(inlineHtml(markdown)).toBe(expected);
  });
});

test('agrees with marked on what models write', () => {
  const word = fc.constantFrom(
    'dog',
    'food',
    'מזון',
    'לכלב',
    '15kg',
    '₪219.90',
    'x_y',
    '5',
    "it's",
    '(ok)',
    '"q"',
    'e.g.',
    '&',
    'R&D',
    '&amp;',
    '🐕',
    ',',
    '\\*',
  );
  const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
  const piece = fc.oneof(
    words,
    ...['**', '*', '_', '~~', '`', '**`'].map((mark) =>
      words.map((text) => mark + text + [...mark].reverse().join('')),
    ),
    words.map((text) => `[${text}](https://a.example/p?q=1&r=2)`),
    words.map((text) => `[**${text}**](https://a.example/)`),
    words.map((text) => `**_${text}_ and more**`),
    fc.constantFrom('https://b.example/x_y', '(https://c.example)', 'm@n.example', '<https://d.example>'),
  );
  const line = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' '));
  const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
  const list = fc.letrec<{ list: string }>((tie) => ({
    list: fc
      .tuple(
        fc.constantFrom('- ', '* ', '1. ', '1) '),
        fc.array(fc.tuple(line, fc.option(tie('list'), { nil: '', maxDepth: 3 })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constantFrom('\n', '\n\n'),
      )
      .map(([mark, items, between]) =>
        items.map(([text, inner]) => `${mark}${text}${inner && `\n${indented(inner, mark.length)}`}`).join(between),
      ),
  })).list;
  const block = fc.oneof(
    line,
    fc.tuple(words, fc.constantFrom('\n', '  \n', '\\\n'), line).map((lines) => lines.join('')),
    list,
    list.map((text) => text.replace(/^/gm, '> ')),
    fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
    line.map((text) => `${text}\n---`),
    fc.array(words, { maxLength: 4 }).map((code) => `\`\`\`js\n${code.join('\n\n')}\n\`\`\``),
    fc
      .array(fc.tuple(line, line), { minLength: 1, maxLength: 3 })
      .map((rows) => `| a | b |\n|:--|--:|\n${rows.map(([a, b]) => `| ${a} | ${b} |`).join('\n')}`),
    fc.constant('---'),
  );
  const text = fc.array(block, { minLength: 1, maxLength: 4 }).map((blocks) => blocks.join('\n\n'));
  fc.assert(
    fc.property(text, (markdown) => {
      expect(normal(paragraphs(markdown))).toBe(normal(marked.parse(markdown, { async: false })));
    }),
    { numRuns: 1000, seed: 1 },
  );
});
