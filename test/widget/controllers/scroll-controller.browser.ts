import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { ScrollController } from '../../../widget/controllers/scroll-controller.ts';

class TestList extends LitElement {
  own: string | null = null;
  lines = 40;
  scrolling = new ScrollController(this, { scroller: () => this.scroller, lastOwnMessage: () => this.own });

  get scroller(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroller')!;
  }

  get distance(): number {
    const { scrollHeight, clientHeight, scrollTop } = this.scroller;
    return Math.round(scrollHeight - clientHeight - scrollTop);
  }

  protected override render(): TemplateResult {
    return html`<div class="scroller" style="height: 200px; overflow: auto">
      <div>${Array.from({ length: this.lines }, (_, line) => html`<p style="margin: 0; height: 20px">Line ${line}</p>`)}</div>
    </div>`;
  }
}
customElements.define('test-scrolled-list', TestList);

/** A frame runs scroll events first, then size observers; the second one is sure to have seen both. */
const settle = async (): Promise<void> => {
  await nextFrame();
  await nextFrame();
};

async function grow(list: TestList, lines = 10): Promise<void> {
  list.lines += lines;
  list.requestUpdate();
  await list.updateComplete;
  await settle();
}

async function scrollTo(list: TestList, top: number): Promise<void> {
  list.scroller.scrollTo({ top, behavior: 'instant' });
  await settle();
}

describe('ScrollController', () => {
  let list: TestList;

  beforeEach(async () => {
    list = await fixture<TestList>(html`<test-scrolled-list></test-scrolled-list>`);
    await settle();
  });

  it('begins at the end and follows what comes', async () => {
    expect(list.distance).to.equal(0);
    await grow(list);
    expect(list.distance).to.equal(0);
    expect(list.scrolling.atBottom).to.equal(true);
  });

  it('follows content that grows without an update of the list', async () => {
    list.scroller.firstElementChild!.append(...Array.from({ length: 10 }, () => document.createElement('hr')));
    await settle();
    expect(list.distance).to.equal(0);
  });

  it('follows when the list itself gets smaller, as under a keyboard', async () => {
    list.scroller.style.height = '100px';
    await settle();
    expect(list.distance).to.equal(0);
  });

  it('does not take content that grew for a reader who scrolled away', async () => {
    list.scroller.firstElementChild!.append(...Array.from({ length: 40 }, () => document.createElement('hr')));
    list.scroller.dispatchEvent(new Event('scroll'));
    await settle();
    expect(list.distance).to.equal(0);
  });

  it('leaves a reader who scrolled up where they are, and says so', async () => {
    await scrollTo(list, 300);
    expect(list.scrolling.atBottom).to.equal(false);
    await grow(list);
    expect(list.scroller.scrollTop).to.equal(300);
  });

  it('follows again once the reader is back near the end', async () => {
    await scrollTo(list, 300);
    await scrollTo(list, list.scroller.scrollHeight - list.scroller.clientHeight - 40);
    expect(list.scrolling.atBottom).to.equal(true);
    await grow(list);
    expect(list.distance).to.equal(0);
  });

  it('jumps to the end when it is told to', async () => {
    await scrollTo(list, 300);
    list.scrolling.scrollToBottom();
    expect(list.distance).to.equal(0);
    expect(list.scrolling.atBottom).to.equal(true);
  });

  it('brings a new message of the shopper into view, the same one only once', async () => {
    await scrollTo(list, 300);
    list.own = 'a';
    await grow(list);
    expect(list.distance).to.equal(0);
    await scrollTo(list, 300);
    await grow(list);
    expect(list.scroller.scrollTop).to.equal(300);
  });

  it('holds still while text in it is selected, and follows again after', async () => {
    const line = list.scroller.querySelectorAll('p')[38]!;
    const press = (target: EventTarget) =>
      target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    press(line);
    document.getSelection()!.selectAllChildren(line);
    const top = list.scroller.scrollTop;
    await grow(list);
    expect(list.scroller.scrollTop).to.equal(top);
    press(document.body);
    document.getSelection()!.removeAllRanges();
    await grow(list);
    expect(list.distance).to.equal(0);
  });

  it('is not held by a selection elsewhere on the page', async () => {
    const elsewhere = document.createElement('p');
    elsewhere.textContent = 'Shop';
    document.body.append(elsewhere);
    document.getSelection()!.selectAllChildren(elsewhere);
    await grow(list);
    expect(list.distance).to.equal(0);
    elsewhere.remove();
  });

  it('lets go of everything when it leaves the page, and works again when it comes back', async () => {
    const { scroller } = list;
    const parent = list.parentNode!;
    list.remove();
    scroller.dispatchEvent(new Event('scroll'));
    expect(list.scrolling.atBottom).to.equal(true);
    parent.append(list);
    await list.updateComplete;
    list.scroller.style.height = '100px';
    await settle();
    expect(list.distance).to.equal(0);
  });
});
