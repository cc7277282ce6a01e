import { expect, waitUntil } from '@open-wc/testing';
import { createCart } from '../../../widget/cart/index.ts';
import { restRootOf, shopifyRootOf, tellTheme, tellWooCommerce, themeSections } from '../../../widget/cart/page.ts';

function pageWith(html: string, href = 'https://shop.example/shop/product/'): { head: ParentNode; location: Location } {
  const head = document.createElement('head');
  head.innerHTML = html;
  return { head, location: new URL(href) as unknown as Location };
}

const page = window as {
  jQuery?: (element: Element) => { trigger(name: string): void };
  Shopify?: unknown;
};

describe('where WooCommerce answers', () => {
  for (const [title, html, root] of [
    ['at the root of the site', '', 'https://shop.example/wp-json/'],
    [
      'in a folder',
      '<link rel="https://api.w.org/" href="https://shop.example/shop/wp-json/">',
      'https://shop.example/shop/wp-json/',
    ],
    [
      'with plain permalinks',
      '<link rel="https://api.w.org/" href="https://shop.example/index.php?rest_route=/">',
      'https://shop.example/index.php?rest_route=/',
    ],
    [
      'on the page’s own origin, where its cookies are, whatever the page says',
      '<link rel="https://api.w.org/" href="https://www.shop.example/wp-json/">',
      'https://shop.example/wp-json/',
    ],
    ['despite a link that is none', '<link rel="https://api.w.org/" href="http://">', 'https://shop.example/wp-json/'],
  ] as const) {
    it(title, () => expect(restRootOf(pageWith(html))).to.equal(root));
  }
});

describe('where Shopify answers', () => {
  afterEach(() => delete page.Shopify);
  const location = new URL('https://shop.example/products/1') as unknown as Location;

  it('in the page’s language and market', () => {
    page.Shopify = { routes: { root: '/he/' } };
    expect(shopifyRootOf(location)).to.equal('https://shop.example/he/');
  });

  it('at the root where the page says nothing, or something else', () => {
    for (const root of [undefined, '//evil.example/', 'https://evil.example/', 7]) {
      page.Shopify = { routes: { root } };
      expect(shopifyRootOf(location)).to.equal('https://shop.example/');
    }
  });
});

describe('the page’s own cart follows', () => {
  it('by the events of WooCommerce’s blocks, and jQuery’s of classic themes', () => {
    const heard: string[] = [];
    const hear = (event: Event) => {
      heard.push(`${event.type} ${JSON.stringify((event as CustomEvent).detail)}`);
    };
    const names = ['wc-blocks_added_to_cart', 'wc-blocks_removed_from_cart'];
    for (const name of names) document.body.addEventListener(name, hear, { once: true });
    page.jQuery = (element) => ({ trigger: (name) => heard.push(`${element.tagName} ${name}`) });
    tellWooCommerce('added');
    tellWooCommerce('removed');
    delete page.jQuery;
    expect(heard).to.eql([
      'wc-blocks_added_to_cart {"preserveCartData":false}',
      'BODY wc_fragment_refresh',
      'wc-blocks_removed_from_cart {"preserveCartData":false}',
      'BODY wc_fragment_refresh',
    ]);
  });

  it('as themes after Dawn do: with the sections that they draw, and without opening for an undo', () => {
    const drawn: unknown[] = [];
    const drawer = Object.assign(document.createElement('cart-drawer'), {
      getSectionsToRender: () => [{ id: 'cart-drawer' }, { id: 'cart-icon-bubble' }],
      renderContents: (answer: unknown) => drawn.push(answer),
    });
    document.body.append(drawer);
    expect(themeSections()).to.eql({ sections: ['cart-drawer', 'cart-icon-bubble'], sections_url: location.pathname });
    const answer = { sections: { 'cart-drawer': '<div></div>' } };
    tellTheme('added', answer, { item_count: 1 });
    tellTheme('removed', answer, { item_count: 0 });
    drawer.remove();
    expect(drawn).to.eql([answer]);
    expect(themeSections()).to.eql({});
  });

  it('by the events that other themes listen to', () => {
    const heard: unknown[] = [];
    const hear = (event: Event) => {
      const { detail } = event as CustomEvent<{ data?: unknown }>;
      heard.push([event.type, detail.data ?? detail]);
    };
    for (const name of ['cart:update', 'cart:refresh']) {
      document.addEventListener(name, hear, { once: true });
    }
    tellTheme('added', {}, { item_count: 3 });
    expect(heard).to.eql([
      ['cart:update', { itemCount: 3, source: 'shop-clerk', sections: undefined }],
      ['cart:refresh', { item_count: 3 }],
    ]);
  });
});

it('two additions at once go one after the other, and the second waits no longer than its shopper', async () => {
  const { fetch } = window;
  let answer!: (response: Response) => void;
  let asked = 0;
  window.fetch = () => {
    asked++;
    return new Promise((resolve) => (answer = resolve));
  };
  const line = { productId: '1', variantId: '1', quantity: 1, options: [], title: '', url: '' };
  const patience = new AbortController();
  const whole = new AbortController().signal;
  try {
    const first = createCart('woocommerce').add(line, whole);
    const second = createCart('woocommerce').add(line, whole);
    const third = createCart('woocommerce').add(line, patience.signal);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).to.equal(1);
    patience.abort(new Error('The shopper has moved on.'));
    expect(await third.catch((error: Error) => error.message)).to.equal('The shopper has moved on.');
    answer(new Response('down'));
    expect(await first).to.eql({ ok: false, code: 'unavailable' });
    await waitUntil(() => asked === 2);
    answer(new Response('down'));
    expect(await second).to.eql({ ok: false, code: 'unavailable' });
  } finally {
    window.fetch = fetch;
  }
});
