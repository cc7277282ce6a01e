import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { MarkdownStream } from '../../../widget/render/markdown.ts';
import { CORPUS } from './corpus.ts';
import { everyCut, expectSame, streamed, underWay, whole } from './same-nodes.ts';

describe('streamed markdown', () => {
  for (const [name, text] of Object.entries(CORPUS)) {
    it(`ends as the whole text would: ${name}, by characters`, () => {
      expectSame(streamed(text, everyCut(text)), whole(text));
    });
  }

  it('ends as the whole text would, however it is cut and whatever is put together', () => {
    const text = fc
      .array(fc.tuple(fc.constantFrom(...Object.values(CORPUS)), fc.constantFrom('', '\n', '\n\n', ' ')), {
        minLength: 1,
        maxLength: 3,
      })
      .map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(2000), { maxLength: 40 }), (text, cuts) => {
        expectSame(
          streamed(
            text,
            cuts.toSorted((a, b) => a - b),
          ),
          whole(text),
        );
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('ends as the whole text would for lines of markup at random', () => {
    const line = fc.stringMatching(
      /^ {0,4}(?:[-*+>#|=]|1\.|2\)|```|~~~|---|\[x\]:|<div>|<!--|-->|\|-\|-\|)? ?[ab*_`[\]()|<>]{0,6}$/,
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        expectSame(streamed(text, everyCut(text)), whole(text));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('never touches a settled block again', () => {
    const text = Object.values(CORPUS).join('\n\n');
    const target = document.createElement('div');
    const stream = new MarkdownStream(target);
    const settled = new Map<Element, string>();
    for (let end = 0; end <= text.length; end += 7) {
      stream.update(text.slice(0, end), { streaming: true });
      for (const block of [...target.children].slice(0, stream.settled)) {
        if (!settled.has(block)) settled.set(block, block.outerHTML);
      }
    }
    stream.update(text);
    expect(settled.size).to.be.greaterThan(60);
    for (const [block, was] of settled) {
      expect(block.parentNode).to.equal(target);
      expect(block.outerHTML).to.equal(was);
    }
  });

  it('keeps a selection in the block that still grows', () => {
    const target = document.createElement('div');
    document.body.append(target);
    const stream = new MarkdownStream(target);
    stream.update('- one item\n- two', { streaming: true });
    const item = target.querySelector('li')!;
    document.getSelection()!.selectAllChildren(item);
    stream.update('- one item\n- two **three**\n- four', { streaming: true });
    expect(String(document.getSelection())).to.equal('one item');
    expect(target.querySelector('li')).to.equal(item);
    target.remove();
  });

  it('keeps a selection in the very text that grows', () => {
    const target = document.createElement('div');
    document.body.append(target);
    const stream = new MarkdownStream(target);
    stream.update('Dry food', { streaming: true });
    const text = target.querySelector('p')!.firstChild!;
    document.getSelection()!.setBaseAndExtent(text, 0, text, 3);
    stream.update('Dry food for **puppies** and', { streaming: true });
    stream.update('Dry food for **puppies** and others', { streaming: true });
    expect(String(document.getSelection())).to.equal('Dry');
    target.remove();
  });

  it('begins anew for a text that does not continue the last one', () => {
    const target = document.createElement('div');
    const stream = new MarkdownStream(target);
    stream.update('One\n\nTwo\n\n```\nthree');
    stream.update('Four');
    expect(target.innerHTML).to.equal('<p dir="auto">Four</p>');
  });

  it('lets an open code block grow by its new characters alone', () => {
    const target = document.createElement('div');
    const stream = new MarkdownStream(target);
    let text = 'Code:\n\n```js\nlet a;\n';
    stream.update(text, { streaming: true });
    const code = target.querySelector('code')!.firstChild!;
    for (let line = 0; line < 200; line++) stream.update((text += `a = ${line};\n\n`), { streaming: true });
    expect(target.querySelector('code')!.firstChild).to.equal(code);
    stream.update((text += '```\n\nDone.\n'));
    expectSame(target, whole(text));
  });
});

describe('half a markup', () => {
  const shown = (text: string): string => {
    const target = document.createElement('div');
    new MarkdownStream(target).update(text, { streaming: true });
    return [...target.children].map((block) => block.innerHTML).join('|');
  };

  for (const [text, expected] of [
    ['Try **', 'Try'],
    ['Try **this', 'Try <strong>this</strong>'],
    ['Try **this *', 'Try <strong>this</strong>'],
    ['Try **this**', 'Try <strong>this</strong>'],
    ['Try **this*', 'Try <strong>this</strong>'],
    ['Use `npm', 'Use <code>npm</code>'],
    ['Use `', 'Use'],
    ['A ~~b', 'A <del>b</del>'],
    ['See [the shop](https://shop.exa', 'See the shop'],
    ['See [the sh', 'See the sh'],
    ['See ![a dog](https://shop.exa', 'See a dog'],
    ['Two things:\n-', 'Two things:'],
    ['Two things:\n\n- [x', 'Two things:'],
    ['Price\n=', 'Price'],
    ['Code\n\n``', 'Code'],
    ['```\nlet a;\n``', '<pre><code>let a;</code></pre>'],
    ['Look:\n\n| Name | Pri', 'Look:'],
    ['Look:\n\n| Name |\n|--', 'Look:'],
    [
      '| a |\n|---|\n| b',
      '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    ],
    ['5 * 3', '5 * 3'],
  ] as const) {
    it(`is completed or held back: ${JSON.stringify(text)}`, () => {
      expect(shown(text)).to.equal(expected);
    });
  }

  it('is shown as it is once the text is whole', () => {
    const target = document.createElement('div');
    const stream = new MarkdownStream(target);
    for (const text of ['Try **this', 'a [b](https://c', 'Two:\n-', '```\na\n``']) {
      stream.update(text, { streaming: true });
      stream.update(text);
      expectSame(target, whole(text));
    }
  });
});

describe('what a model wrote', () => {
  const render = (text: string): string => whole(text).innerHTML.replaceAll(' dir="auto"', '');

  it('becomes modest elements, of which a paragraph in one language has a direction of its own', () => {
    expect(whole('# א\n\nא\n\nA\n\nא A\n\n- א').innerHTML).to.equal(
      '<h3>א</h3><p dir="auto">א</p><p dir="auto">A</p><p>א A</p><ul><li>א</li></ul>',
    );
    expect(render('###### Six')).to.equal('<h3>Six</h3>');
    const ranks = (text: string) => [...whole(text).children].map(({ localName }) => localName).join(' ');
    // As far below the one before as it can be without leaving out a step.
    expect(ranks('### A\n##### B\n#### C\n### D')).to.equal('h3 h4 h4 h3');
    expect(ranks('### A\n# B\n## C\n#### D\n##### E\n###### F')).to.equal('h3 h3 h4 h5 h6 h6');
    expect(ranks('A\n---\n### B\nC\n===')).to.equal('h3 h4 h3');
    expect(render('3. a\n4. b')).to.equal('<ol start="3"><li>a</li><li>b</li></ol>');
    expect(render('- [x] a\n- [ ] b')).to.equal(
      '<ul><li><shopclerk-task>☑ </shopclerk-task>a</li><li><shopclerk-task>☐ </shopclerk-task>b</li></ul>',
    );
    expect(render('```js title\nx\n```')).to.equal('<shopclerk-wide><pre><code>x</code></pre></shopclerk-wide>');
    expect(render('a  \nb ~~c~~\n\n---')).to.equal('<p>a<br>b <del>c</del></p><hr>');
    expect(render('|a|b|\n|-|-:|\n|1|2|')).to.equal(
      '<shopclerk-wide><table><thead><tr><th scope="col">a</th><th scope="col" style="text-align: end;">b</th></tr></thead>' +
        '<tbody><tr><td>1</td><td style="text-align: end;">2</td></tr></tbody></table></shopclerk-wide>',
    );
  });

  it('never becomes an element by being HTML', () => {
    for (const text of [
      '<img src=x onerror=alert(1)>',
      'a <b onclick="x()">b</b> <style>*{display:none}</style>',
      '<script>\nalert(1)\n</script>',
      '<div style="position:fixed;inset:0">\n\n<iframe srcdoc="x"></iframe>',
      '| <img src=x> |\n|-|\n| <svg/onload=x> |',
      '[<img src=x onerror=y>](https://a.example)',
    ]) {
      const target = whole(text);
      expect(target.querySelector('img,b,style,script,iframe,svg,div'), text).to.equal(null);
      expect(target.textContent.replace(/\s+/g, ' ')).to.contain('<');
    }
  });

  it('links to http, https, mailto and tel only, and never lends the shop its name', () => {
    const attributes = 'rel="noopener noreferrer nofollow" target="_blank"';
    expect(render('[a](https://a.example/?x=1&y=2)')).to.equal(
      `<p><a href="https://a.example/?x=1&amp;y=2" ${attributes}>a</a></p>`,
    );
    expect(render('[a](https://a.example/?x=1&amp;y=2)')).to.contain('href="https://a.example/?x=1&amp;y=2"');
    expect(render('<tel:+97231234567>')).to.contain('href="tel:+97231234567"');
    expect(render('write@shop.example')).to.contain('href="mailto:write@shop.example"');
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '&#106;avascript:alert(1)',
      'java&#10;script:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:https://a.example/1',
      'file:///etc/passwd',
      '/cart?add=9',
      '//evil.example',
      '#top',
      'https://shop.example@evil.example/',
      `${location.origin}/?add-to-cart=99`,
    ]) {
      expect(render(`[text](<${href}>)`), href).to.equal('<p>text</p>');
    }
  });

  it('names the host of a link whose letters only look like those of another', () => {
    const shown = (text: string) => whole(text).querySelector('a')!.textContent;
    expect(shown('[аpple.com](https://аpple.com/x)')).to.equal('аpple.com (xn--pple-43d.com)');
    expect(shown('https://аpple.com/x')).to.equal('https://аpple.com/x (xn--pple-43d.com)');
    expect(shown('[президент.рф](https://президент.рф)')).to.equal('президент.рф');
    expect(shown('[דוגמה.co.il](https://דוגמה.co.il)')).to.equal('דוגמה.co.il');
  });

  it('keeps a number and its unit together in a line from right to left', () => {
    const kept = (text: string) => [...whole(text).querySelectorAll('bdi')].map((node) => node.textContent);
    expect(kept('שק 1.5 kg, מידות **30 × 40 cm** ומק״ט 12-AB.')).to.deep.equal(['1.5 kg', '30 × 40 cm', '12-AB']);
    expect(kept('طول 03-555-1234 أو +972 3 555 1234')).to.deep.equal(['03-555-1234', '+972 3 555 1234']);
    expect(kept('עולה ₪39.90, 2-4 ימים')).to.deep.equal([]);
    expect(kept('A bag of 1.5 kg, 30 × 40 cm')).to.deep.equal([]);
  });

  it('names the host of a link whose text looks like another address', () => {
    for (const [markdown, shown] of [
      ['[shop.example](https://evil.example/x)', 'shop.example (evil.example)'],
      [
        '[Pay at **www.bank.example**!](https://bank.example.evil.test)',
        'Pay at www.bank.example! (bank.example.evil.test)',
      ],
      ['[https://shop.example/a](https://evil.example)', 'https://shop.example/a (evil.example)'],
      ['[shop\uff0eexample](https://evil.example)', 'shop\uff0eexample (evil.example)'],
      ['[shop\u3002example](https://evil.example)', 'shop\u3002example (evil.example)'],
      ['[shop\u2024example](https://evil.example)', 'shop\u2024example (evil.example)'],
      ['[shop.\u200bexample](https://evil.example)', 'shop.\u200bexample (evil.example)'],
      ['[shop\u00ad.\u2060example](https://evil.example)', 'shop\u00ad.\u2060example (evil.example)'],
      ['[shop.\u200bexample](https://shop.example/b)', 'shop.\u200bexample'],
      ['[help@shop.example](mailto:x@evil.example)', 'help@shop.example (x@evil.example)'],
      ['[shop.example](https://www.shop.example/a)', 'shop.example'],
      ['[WWW.Shop.example](https://shop.example)', 'WWW.Shop.example'],
      ['[חנות.קום](https://חנות.קום/a)', 'חנות.קום'],
      ['[12.5 kg, e.g. beds](https://a.example)', '12.5 kg, e.g. beds'],
      ['https://a.example/x', 'https://a.example/x'],
      ['write@shop.example', 'write@shop.example'],
      ['[](https://a.example/x)', 'a.example'],
    ] as const) {
      expect(whole(markdown).textContent, markdown).to.equal(shown);
    }
  });

  it('loads no image: a link with its description stands there', () => {
    expect(render('![A dog](https://a.example/d.png)')).to.match(
      /^<p><a href="https:\/\/a.example\/d.png"[^>]*>A dog<\/a><\/p>$/,
    );
    expect(render('![](https://a.example/d.png)')).to.contain('>a.example</a>');
    expect(render('![dot](data:image/png;base64,AAAA)')).to.equal('<p>dot</p>');
    expect(render('[![A dog](https://a.example/d.png)](https://b.example)')).to.match(
      /^<p><a href="https:\/\/b.example\/"[^>]*>A dog<\/a><\/p>$/,
    );
  });

  it('says in its characters what it says: nothing hidden, nothing turned around', () => {
    const plain = (text: string): string => whole(text).textContent;
    expect(plain('a\u{e0041}\u{e0042}b\u{e0101}')).to.equal('ab');
    expect(plain('`a\u{e0041}b`')).to.equal('ab');
    const scotland = '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}';
    expect(plain(scotland)).to.equal(scotland);
    expect(plain('\u202eevil')).to.equal('evil');
    expect(plain('a\u202c b\u2069')).to.equal('a b');
    expect(plain('\u2067שלום\u2069 \u202bx\u202c')).to.equal('\u2067שלום\u2069 \u202bx\u202c');
    const kept = '👨\u200d👩\u200d👧 می\u200cخواهم ❤\ufe0f \u200fא\u200e';
    expect(plain(kept)).to.equal(kept);
    expect(plain('5 &lt; 7 &amp;lt; &#8362; &nope; AT&T &copy=1')).to.equal('5 < 7 &lt; ₪ &nope; AT&T &copy=1');
  });

  it('can be hostile in its shape and is still drawn', () => {
    for (const text of [
      '>'.repeat(20_000),
      '- '.repeat(5_000),
      '['.repeat(10_000),
      '![['.repeat(5_000) + '](x)'.repeat(5_000),
      '**a *b '.repeat(3_000) + '*c** '.repeat(3_000),
      '*'.repeat(10_000) + 'a' + '*'.repeat(10_000),
      Array.from({ length: 30 }, (_, depth) => `${'>'.repeat(30 - depth)} a`).join('\n'),
      '`'.repeat(9_999),
      '|'.repeat(5_000) + '\n' + '|-'.repeat(5_000),
      '<a '.repeat(5_000),
      `[a](${'(b'.repeat(500)}\nc`,
      `${'- '.repeat(49)}x`,
    ]) {
      expect(whole(text).childElementCount, text.slice(0, 20)).to.be.greaterThan(0);
      expect(underWay(`${text}x`).childElementCount, text.slice(0, 20)).to.be.greaterThan(0);
    }
  });
});
