/** What is typed or found in a view outlives a login that ends meanwhile: the frame asks the view whether it has begun. */
import { expect, fixture, html } from '@open-wc/testing';
import { Api } from '../../desk/api.ts';
import { rangeOf } from '../../desk/range.ts';
import { parseRoute } from '../../desk/route.ts';
import type { DeskContext, DeskView } from '../../desk/view.ts';
import '../../desk/views/catalogue.ts';
import '../../desk/views/conversations.ts';
import '../../desk/views/documents.ts';

const answers: Record<string, object> = {
  '/api/admin/documents': { documents: [] },
  '/api/admin/documents/search': { passages: [] },
  '/api/admin/conversations': { conversations: [], next_cursor: null, looked_back_to: null },
};
const usual = globalThis.fetch;

function context(query = ''): DeskContext {
  return {
    api: new Api({ onLoggedOut: () => {}, onOtherLogin: async () => false }),
    session: { role: 'operator', email: null, shops: ['pets'], csrf_token: 'one', expires_at: null },
    shops: [],
    shop: { slug: 'pets', name: 'Pets' } as DeskContext['shop'],
    range: rangeOf('7', Date.now()),
    route: parseRoute(`#/x?${query}`),
    say: () => {},
    retitle: () => {},
  };
}

/** @returns the field of a search in the view, or in the part of it that has one of its own */
function field(view: DeskView, part = ''): HTMLInputElement {
  const root = part ? view.renderRoot.querySelector(part)!.shadowRoot! : view.renderRoot;
  return root.querySelector<HTMLInputElement>('input[name=q]')!;
}

describe('a view of the desk has begun', () => {
  beforeEach(() => {
    globalThis.fetch = async (url) => {
      const answer = answers[new URL(new Request(url).url).pathname];
      return answer
        ? Response.json(answer)
        : Response.json({ error: { code: 'internal', message: 'No.' } }, { status: 500 });
    };
  });
  afterEach(() => {
    globalThis.fetch = usual;
  });

  for (const [name, part] of [
    ['desk-documents', 'desk-ask-documents'],
    ['desk-catalogue', 'desk-catalogue-search'],
  ] as const) {
    it(`as soon as something is typed to be tried out in ${name}`, async () => {
      const view = Object.assign(document.createElement(name), { context: context() }) as DeskView;
      await fixture(html`${view}`);
      expect(view.begun).to.equal(false);
      field(view, part).value = '  ';
      expect(view.begun).to.equal(false);
      field(view, part).value = 'returns';
      expect(view.begun).to.equal(true);
      // One would leave it without being asked.
      expect(view.unsaved).to.equal(false);
    });
  }

  it('as long as what was found stands there, though the field is empty again', async () => {
    const view = Object.assign(document.createElement('desk-documents'), { context: context() }) as DeskView;
    await fixture(html`${view}`);
    const ask = view.renderRoot.querySelector('desk-ask-documents')!;
    field(view, 'desk-ask-documents').value = 'returns';
    field(view, 'desk-ask-documents').form!.requestSubmit();
    while (ask.found === null) await new Promise(requestAnimationFrame);
    field(view, 'desk-ask-documents').value = '';
    expect(view.begun).to.equal(true);
  });

  it('where other words stand in the search of conversations than were searched for', async () => {
    const view = Object.assign(document.createElement('desk-conversations'), {
      context: context('q=puppy'),
    }) as DeskView;
    await fixture(html`${view}`);
    expect(view.begun).to.equal(false);
    field(view).value = 'puppy food';
    expect(view.begun).to.equal(true);
  });
});
