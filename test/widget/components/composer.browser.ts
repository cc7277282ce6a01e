import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { Composer } from '../../../widget/components/composer.ts';
import '../../../widget/components/composer.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { hasFocus, inPanel, settled } from '../panel-fixture.ts';

interface Draft {
  composer: Composer;
  input: HTMLTextAreaElement;
  button: HTMLButtonElement;
  sent: string[];
  stops: number;
  write(text: string): Promise<void>;
  press(key: string, more?: KeyboardEventInit): void;
}

async function compose(language: 'en' | 'he' = 'en'): Promise<Draft> {
  const words = strings[language];
  const panel = await inPanel(
    html`<shopclerk-composer .strings=${words} .limit=${100}></shopclerk-composer>`,
    words.$dir,
  );
  const composer = panel.querySelector('shopclerk-composer')!;
  const input = composer.querySelector('textarea')!;
  const draft: Draft = {
    composer,
    input,
    button: composer.querySelector('button')!,
    sent: [],
    stops: 0,
    async write(text) {
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(panel);
    },
    press(key, more) {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    },
  };
  panel.addEventListener('intent-send', ({ text }) => draft.sent.push(text));
  panel.addEventListener('intent-stop', () => draft.stops++);
  return draft;
}

describe('composer', () => {
  it('is accessible', async () => {
    const { composer, write } = await compose();
    await expect(composer).to.be.accessible();
    await write('x'.repeat(101));
    await expect(composer).to.be.accessible();
  });

  it('sends with Enter and is empty then', async () => {
    const { input, sent, write, press, composer } = await compose();
    await write('  a bed for my dog ');
    press('Enter');
    await composer.updateComplete;
    expect(sent).to.deep.equal(['a bed for my dog']);
    expect(input.value).to.equal('');
  });

  it('leaves Enter to a new line with Shift, and to an input method that is composing', async () => {
    const { sent, write, press } = await compose();
    await write('犬');
    press('Enter', { shiftKey: true });
    press('Enter', { isComposing: true });
    press('Enter', { keyCode: 229 });
    expect(sent).to.deep.equal([]);
  });

  it('sends nothing that is blank or over the limit, and says by how much it is over', async () => {
    const { composer, sent, button, write, press } = await compose();
    await write('   ');
    press('Enter');
    await write('x'.repeat(103));
    press('Enter');
    button.click();
    expect(sent).to.deep.equal([]);
    expect(composer.querySelector('.count')!.textContent).to.equal('3 characters too many');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
  });

  it('counts only near the limit', async () => {
    const { composer, write } = await compose();
    await write('x'.repeat(89));
    expect(composer.querySelector('.count')?.tagName).to.equal(undefined);
    await write('x'.repeat(90));
    expect(composer.querySelector('.count')!.textContent).to.equal('10 characters left');
    await write('x'.repeat(99));
    expect(composer.querySelector('.count')!.textContent).to.equal('1 character left');
  });

  it('grows to five lines and not further', async () => {
    const { input, write } = await compose();
    const one = input.clientHeight;
    await write('a\nb\nc');
    expect(input.clientHeight).to.equal(one + 2 * 24);
    await write('a\n'.repeat(20));
    expect(input.clientHeight).to.equal(one + 4 * 24);
    await write('');
    expect(input.clientHeight).to.equal(one);
  });

  it('has Stop in the place of Send while an answer is written, and keeps the focus through the change', async () => {
    const draft = await compose();
    const { composer, button } = draft;
    button.focus();
    composer.busy = true;
    await composer.updateComplete;
    expect(hasFocus(button)).to.equal(true);
    expect(button.getAttribute('aria-label')).to.equal('Stop answering');
    button.click();
    expect(draft.stops).to.equal(1);
  });

  it('keeps what is typed while an answer is written', async () => {
    const { composer, input, sent, write, press } = await compose();
    composer.busy = true;
    await write('and for a cat?');
    press('Enter');
    expect(sent).to.deep.equal([]);
    expect(input.value).to.equal('and for a cat?');
  });

  it('does not take the second half of a double click on Send for Stop', async () => {
    const draft = await compose();
    await draft.write('a bed');
    draft.button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    draft.composer.busy = true;
    await draft.composer.updateComplete;
    draft.button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    expect(draft.sent).to.deep.equal(['a bed']);
    expect(draft.stops).to.equal(0);
  });

  it('has the button at the left in Hebrew, and follows the direction of what is typed', async () => {
    const { input, button, write } = await compose('he');
    expect(button.getBoundingClientRect().left).to.be.lessThan(input.getBoundingClientRect().left);
    expect(getComputedStyle(input).direction).to.equal('rtl');
    await write('Royal Bowl');
    expect(getComputedStyle(input).direction).to.equal('ltr');
  });
});
