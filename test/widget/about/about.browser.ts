import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { ChatRequest } from '../../../proxy/protocol/index.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { loadAbout } from '../../../widget/about/load.ts';
import { readPage } from '../../../widget/about/page-context.ts';
import { productsOf } from '../../../widget/about/product-markup.ts';
import { shop } from '../fake-chat.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus, settled } from '../panel-fixture.ts';
import { realClerk } from '../real-clerk.ts';

const own = (path: string): string => new URL(path, location.origin).href;
const added: Element[] = [];

function markup(...values: unknown[]): void {
  for (const value of values) {
    const script = document.createElement('script');
    script.type = 'application/ld+json';
    script.textContent = typeof value === 'string' ? value : JSON.stringify(value);
    document.head.append(script);
    added.push(script);
  }
}

const bed = {
  '@type': 'Product',
  name: 'Royal Bed',
  sku: 'RB-1',
  url: '/product/7?utm=1#x',
  offers: { price: '219.90', priceCurrency: 'ILS' },
};

describe('what the page is about', () => {
  let proxy: FakeProxy;

  beforeEach(async () => {
    proxy = new FakeProxy();
    proxy.install();
    proxy.settings = { ...shop, page_context: true };
    await setViewport({ width: 900, height: 800 });
    await emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });
  afterEach(() => {
    proxy.uninstall();
    for (const element of added.splice(0)) element.remove();
    localStorage.clear();
    sessionStorage.clear();
  });

  const told = { name: 'Royal Bed', sku: 'RB-1', url: own('/product/7'), price: '219.90', currency: 'ILS' };
  const shapes: Record<string, unknown> = {
    'by itself': bed,
    'in a list': [{ '@type': 'Organization' }, bed],
    'in a graph': { '@graph': [{ '@type': ['BreadcrumbList'] }, bed] },
    'of a page': { '@type': 'ItemPage', mainEntity: bed },
    'with types': { ...bed, '@type': ['http://schema.org/Product', 'Thing'] },
    'with offers': { ...bed, offers: [{ priceSpecification: [{ price: '219.90', priceCurrency: 'ILS' }] }] },
    'with a range': { ...bed, offers: { '@type': 'AggregateOffer', lowPrice: '219.90', priceCurrency: 'ILS' } },
    'with variants': { ...bed, '@type': 'ProductGroup', offers: undefined, hasVariant: [{ offers: bed.offers }] },
    'in a list of items': { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: bed }] },
  };
  for (const [name, shape] of Object.entries(shapes)) {
    it(`is read from a product ${name}`, () => {
      markup(shape);
      expect(productsOf(document)).to.deep.equal([told]);
    });
  }

  it('is at most five products, each once, and nothing of broken or endless markup or of other sites', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      '@type': 'Product',
      name: `P${index}`,
      url: `https://else.example/${index}`,
    }));
    markup('{ broken', `"${'x'.repeat(400_000)}"`, 'null', many, bed);
    expect(productsOf(document).map(({ name, url }) => [name, url])).to.deep.equal(
      ['P0', 'P1', 'P2', 'P3', 'P4'].map((name) => [name, undefined]),
    );
  });

  it('is read all the same beside lists without an end, and trees of lists', () => {
    const many = Array.from({ length: 140_000 }, () => 0);
    markup({ '@graph': many }, { about: many, offers: many }, { '@type': 'Product', name: 'Bed', offers: many }, bed);
    markup(`${'{"about":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(productsOf(document).map(({ name }) => name)).to.deep.equal(['Bed', 'Royal Bed']);
  });

  it('is what the page’s own script says first, and never what stands in its forms', () => {
    markup(bed);
    expect(
      readPage({ title: 'Sizes', products: [{ name: 'Bowl', price: 12, secret: 'x' }], password: 'x' }),
    ).to.deep.equal({
      url: own(location.pathname),
      title: 'Sizes',
      products: [{ name: 'Bowl', price: 12 }],
    });
  });

  async function arrive(locale = 'en') {
    const at = await realClerk(locale);
    await at.opened();
    // Each comes in its own time.
    await Promise.all([loadLater(), loadAbout()]);
    await settled(at.root);
    return at;
  }
  const sent = () => (proxy.bodies('POST /api/chat/stream') as ChatRequest[]).at(-1)!.context;

  for (const locale of ['en', 'he']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`stands above the composer, accessibly (${locale}, ${colorScheme})`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        markup(bed);
        const { clerk, find } = await arrive(locale);
        expect(find('.about p')!.textContent).to.equal(locale === 'en' ? 'About: Royal Bed' : 'על: Royal Bed');
        await expect(clerk).to.be.accessible();
      });
    }
  }

  it('goes along with a question, until the shopper leaves it out', async () => {
    markup(bed);
    const { clerk, find, root, until } = await arrive();
    await clerk.send('Is it washable?');
    await until(({ turn, messages }) => turn === null && messages.length === 2);
    expect(sent()).to.deep.include({ products: [told], url: own(location.pathname) });
    find('.about button')!.click();
    await settled(root);
    expect(find('.about')?.tagName).to.equal(undefined);
    expect(hasFocus(find('textarea'))).to.equal(true);
    await clerk.send('And a bowl?');
    await until(({ turn, messages }) => turn === null && messages.length === 4);
    expect(sent()).to.equal(undefined);
  });

  it('is nothing on a page without products, and brings nothing there', async () => {
    const { clerk, find, until } = await arrive();
    expect(find('.about')?.tagName).to.equal(undefined);
    await clerk.send('Which beds are there?');
    await until(({ turn, messages }) => turn === null && messages.length === 2);
    expect(sent()).to.equal(undefined);
  });

  it('is what the page’s script says, also where it names no product', async () => {
    const { clerk, find, root, until } = await arrive();
    await clerk.setContext({ title: 'Sizes' });
    await clerk.send('Which one fits me?');
    await until(({ turn, messages }) => turn === null && messages.length === 2);
    await settled(root);
    expect(sent()).to.deep.include({ title: 'Sizes' });
    expect(find('.about p')!.textContent).to.equal('About: Sizes');
  });

  it('is nothing where the shop doesn’t want it', async () => {
    markup(bed);
    proxy.settings = shop;
    const { clerk, find, until } = await arrive();
    expect(find('.about')?.tagName).to.equal(undefined);
    await clerk.send('Is it washable?');
    await until(({ turn, messages }) => turn === null && messages.length === 2);
    expect(sent()).to.equal(undefined);
  });

  it('is cut to one line inside 320 px', async () => {
    await setViewport({ width: 320, height: 600 });
    markup({ ...bed, name: 'Royal '.repeat(30) });
    const { find, clerk } = await arrive();
    const { right, height } = find('.about')!.getBoundingClientRect();
    expect(right).to.be.at.most(320);
    expect(height).to.be.at.most(48);
    await clerk.close();
  });
});
