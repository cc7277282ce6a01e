import { expect } from '@open-wc/testing';
import { html, LitElement, type PropertyDeclarations, type PropertyValues, type ReactiveController } from 'lit';
import { Reactive } from '../../widget/reactive.ts';

/** The same element on another base, and a diary of what happens to it. */
function elementOn(base: typeof LitElement) {
  return class extends base {
    static override properties: PropertyDeclarations = {
      what: {},
      open: { type: Boolean, reflect: true },
      kind: {
        reflect: true,
        useDefault: true,
        attribute: 'of-kind',
        converter: { fromAttribute: (value) => (value === 'b' ? 'b' : 'a') },
      },
      list: { attribute: false },
      inner: { state: true },
    };

    declare what: string;
    declare open: boolean;
    declare kind: string;
    declare list: readonly number[];
    declare inner: number;
    readonly diary: string[] = [];
    fails = false;
    readonly controller: ReactiveController = {
      hostConnected: () => this.diary.push('host connected'),
      hostUpdate: () => this.diary.push('host update'),
      hostUpdated: () => this.diary.push('host updated'),
      hostDisconnected: () => this.diary.push('host disconnected'),
    };

    constructor() {
      super();
      this.open = false;
      this.kind = 'a';
      this.inner = 0;
      this.addController(this.controller);
    }

    #note(what: string, changes: PropertyValues): void {
      // To Lit, the first value of what has a default is no change.
      const counted = [...changes].filter(([name, old]) => name !== 'kind' || old !== undefined);
      this.diary.push(`${what} ${JSON.stringify(counted.map(([name, old]) => [name, old ?? null]))}`);
    }

    drawNow(): void {
      this.performUpdate();
    }

    protected override createRenderRoot(): HTMLElement {
      return this;
    }

    protected override willUpdate(changes: PropertyValues): void {
      this.#note('will update', changes);
      if (this.inner === 3) this.open = true;
    }

    protected override render(): unknown {
      if (this.fails) throw new Error('drawn badly');
      return html`<p>${this.what} ${this.list?.length} ${this.inner} ${this.isConnected}</p>`;
    }

    protected override firstUpdated(): void {
      this.diary.push('first updated');
    }

    protected override updated(changes: PropertyValues): void {
      this.#note('updated', changes);
      if (this.inner === 5) this.inner = 6;
    }
  };
}

const Lits = elementOn(LitElement);
// What of Lit's own is not there isn't used above.
const Ours = elementOn(Reactive as unknown as typeof LitElement);
customElements.define('test-lits', Lits);
type Both = InstanceType<typeof Lits>;

/** What the act leaves in the diary, in the DOM and in the attributes, on either base. */
async function compare(act: (element: Both, diary: string[]) => Promise<void> | void): Promise<string[]> {
  const ends: string[][] = [];
  for (const name of ['test-lits', 'test-ours']) {
    const element = document.createElement(name) as Both;
    document.body.append(element);
    await element.updateComplete;
    await act(element, element.diary);
    const attributes = element.getAttributeNames().map((each) => `${each}=${element.getAttribute(each)}`);
    ends.push([...element.diary, element.textContent, ...attributes]);
    element.remove();
  }
  const [lits, ours] = ends;
  expect(ours).to.deep.equal(lits);
  return ours!;
}

describe('the reactive base', () => {
  it('keeps what was set and said before the element was defined', async () => {
    const element = document.createElement('test-ours') as Both;
    Object.assign(element, { what: 'early', list: [1, 2] });
    element.setAttribute('of-kind', 'b');
    document.body.append(element);
    customElements.define('test-ours', Ours);
    await element.updateComplete;
    expect(element.textContent).to.equal('early 2 0 true');
    expect(element.kind).to.equal('b');
    element.remove();
  });

  it('draws once for many changes, and tells what they were', async () => {
    const end = await compare(async (element) => {
      element.what = 'a';
      element.inner = 1;
      element.inner = 2;
      element.list = [1];
      expect(await element.updateComplete).to.equal(true);
      element.inner = 2;
      await element.updateComplete;
    });
    expect(end.filter((line) => line.startsWith('updated'))).to.have.length(2);
  });

  it('takes into a drawing what is set on its way there, and draws again for what is set after it', async () => {
    await compare(async (element, diary) => {
      element.inner = 3;
      diary.push(String(await element.updateComplete));
      element.inner = 5;
      diary.push(String(await element.updateComplete), String(await element.updateComplete));
    });
  });

  it('reads attributes, and reflects what has one', async () => {
    await compare(async (element) => {
      element.setAttribute('what', 'said');
      element.setAttribute('open', '');
      element.setAttribute('of-kind', 'nonsense');
      element.setAttribute('inner', '7');
      await element.updateComplete;
      element.kind = 'b';
      element.open = false;
      await element.updateComplete;
      element.removeAttribute('of-kind');
      await element.updateComplete;
      element.kind = 'b';
      await element.updateComplete;
      element.kind = 'a';
      await element.updateComplete;
    });
  });

  it('tells its controllers of the page, and forgets one that is removed', async () => {
    await compare(async (element) => {
      element.remove();
      document.body.append(element);
      element.inner = 1;
      await element.updateComplete;
      element.removeController(element.controller);
      element.remove();
    });
  });

  it('draws at once where that is asked for', async () => {
    await compare((element) => {
      element.inner = 1;
      element.drawNow();
      element.drawNow();
    });
  });

  it('draws again after a drawing that failed', async () => {
    await compare(async (element, diary) => {
      element.fails = true;
      element.inner = 1;
      diary.push(await element.updateComplete.then(String, String));
      element.fails = false;
      element.inner = 2;
      await element.updateComplete;
    });
  });
});
