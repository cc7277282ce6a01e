/** Markdown in which a later line changes what an earlier one is, or looks as if it did. */
export const CORPUS: Record<string, string> = {
  prose: 'Hello **shopper**, try _this_ or `that`.\nA soft line.\n\nSecond  \nwith a break\\\nand another.',
  headings: '# One\n\n## Two ##\nText\n### Three\n\n####### Not one\n\n#hash',
  'headings that skip': '#### One\n\n###### Two\n\nThree\n---\n\n> # Four\n\n- ### Five\n\n###### Six',
  setext: 'Title\n=====\n\nTwo\nlines\n---\n\nText\n\n---\n\n***\nlast\n-',
  tightList: '- a\n- b\n  - c\n    - d\n- e\n\n1. x\n2. y\n3) z',
  looseList: '- a\n\n- b\n\n  more of b\n\n      code in b\n\n- c\n\n\n- d\n\nnot an item',
  numbers: 'From 7:\n\n7. seven\n8. eight\n\n2\n\n2. two\n\nIn 2026. no list',
  tasks: '- [ ] open\n- [x] **done**\n- [y] neither\n\n- [ ] loose\n\n- [x] list',
  lazyQuote: '> a\nlazy\n> b\n>\n> - item\nlazy item\n\n> > deep\n> back\n\nout',
  quoteBlocks: '> # Title\n> ```js\n> code\n> ```\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n\nafter',
  table: 'Before\n\n| Name | Price |\n|:-----|------:|\n| **Kibble** | 219.90 |\n| `a\\|b` | x |\n\nAfter',
  tableAtOnce: 'Text\n| a | b |\n|---|---|--|\nno table\n\na | b\n-|-\n1 | 2 | 3\n4\n> quote',
  fences: 'Code:\n\n```js\nconst a = 1;\n\n\nif (a) {\n```\n\ntext\n\n~~~~\n~~~\n```\n~~~~\nend',
  fenceAfterText: 'Code:\n```\na\n`` b\n```x\n\n```\nmore\n\n  ```py\n  indented\n  ```\n\ndone',
  openFence: 'Look:\n\n```html\n<b>bold</b>\n\n- not a list\n\n| no | table |\n',
  fenceInList: '1. Do\n   ```sh\n   npm ci\n\n   npm start\n   ```\n2. Then\n\n   > quote\n\nend',
  indented: '    code\n\n    more\n\n   text\n\ttab\n\npara\n    not code',
  htmlBlocks:
    '<div>\n*not*\n</div>\n\n*em* <b>x</b> <a href="https://evil.example">y\n\nhttps://plain.example\n\n<pre>\n\n*a*\n</pre>\n\nz',
  htmlOpen:
    '<!-- comment\n\nstill -->\n\n<script>\nalert(1)\n\n</script>\n\n<foo bar>\ntext\n\n<img src=x onerror=alert(1)>',
  references: '[text][ref] and [ref] and ![img][ref]\n\n[ref]: https://a.example "title\nmore"\n\n[x]: <y>\n[1]',
  links:
    '[a](https://a.example/?q=1&x=2) <https://b.example> https://c.example/x_y_z. [d](/cart) [e](javascript:alert(1)) ![f](https://g.example/i.png) [![h](https://i.example/j.png)](https://k.example) m@n.example',
  inlineEdges: '**a *b* c** ***d*** a**b**c _e_f_ ~~g~~ ~h~ `` ` `` `i **j` k** 5 * 3 * 2 **unclosed [half](https://x',
  entities: '5 &lt; 7 &amp; 8 &nbsp;&#8362;&#x20AA; &unknown; AT&T &#38;lt; \\& \\*no\\* \\<',
  hebrew:
    'שלום! **מזון יבש** לכלב `Royal 15kg`:\n\n- גורים: 219.90 ₪\n- בוגרים — [קישור](https://shop.example/he)\n\n1. ראשון\n2. שני\n\n> ציטוט',
  hidden:
    'a\u{e0041}b 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} \u202eabc\n\n\u2067ok\u2069 👨\u200d👩\u200d👧 ❤\ufe0f \u200fא\u200e',
  breaks: 'a\r\nb\r\n\r\nc\rd\n\n\n\n\ne\n \nf\n\t\ng',
  deep: `${'>'.repeat(30)} a\n\n${'- '.repeat(30)}b\n\n${'  '.repeat(9)}c`,
  blank: '\n\n  \n\nfirst\n\n',
};
