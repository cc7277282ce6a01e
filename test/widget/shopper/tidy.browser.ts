import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../widget/components/composer.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { tidied, trimmed } from '../../../widget/shopper/tidy.ts';
import { inPanel, settled } from '../panel-fixture.ts';

describe('what is pasted', () => {
  async function pasted(text: string, caret = text.length) {
    const panel = await inPanel(html`<shopclerk-composer .strings=${strings.en} .limit=${20}></shopclerk-composer>`);
    const composer = panel.querySelector('shopclerk-composer')!;
    const { input } = composer;
    input.value = text;
    input.setSelectionRange(caret, caret);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    await loadLater();
    await settled(panel);
    return { composer, input };
  }

  it('loses what can’t be seen, and keeps what emoji, Persian and Hebrew need', () => {
    expect(tidied('a\u200Bb\u202Ec\u2066d\uFEFFe\u00ADf\u{E0041}\r\ng\u00A0h')).to.equal('abcdef\ng h');
    for (const text of ['👨‍👩‍👧', 'می‌خواهم', 'עברית\u200F!', 'a\u200E(b)']) expect(tidied(text)).to.equal(text);
  });

  it('is cut to what fits, and no character in two', () => {
    expect(trimmed('abcd', 4)).to.equal('abcd');
    expect(trimmed('abc🐶', 4)).to.equal('abc');
  });

  it('is clean in the field, with the caret where it was', async () => {
    const { input, composer } = await pasted('be\u200B\u200Bd?', 4);
    expect(input.value).to.equal('bed?');
    expect(input.selectionEnd).to.equal(2);
    expect(composer.draft).to.equal('bed?');
    expect(composer.querySelector('.count')?.tagName).to.equal(undefined);
  });

  it('says that it was too long, until something else is written', async () => {
    const { composer, input } = await pasted('x'.repeat(30));
    expect(input.value).to.have.length(20);
    expect(composer.querySelector('.count')!.textContent).to.contain('too long for one message');
    await expect(composer).to.be.accessible();
    input.value = 'short';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await composer.updateComplete;
    expect(composer.querySelector('.count')?.tagName).to.equal(undefined);
  });
});
