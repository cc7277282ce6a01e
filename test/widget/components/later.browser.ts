import { expect, waitUntil } from '@open-wc/testing';
import { later } from '../../../widget/components/later.ts';
import { bed, withCart } from '../cards.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { hasFocus } from '../panel-fixture.ts';
import { realClerk } from '../real-clerk.ts';

describe('what comes later', () => {
  const proxy = new FakeProxy();
  beforeEach(() => {
    proxy.settings = withCart;
    proxy.answer = [{ type: 'products', data: [bed] }];
    proxy.install();
  });
  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  it('is not there for a first answer with cards, and comes with the press of a card’s button', async () => {
    const { clerk, root, find, opened, until } = await realClerk();
    await opened();
    await clerk.send('A bed?');
    await until(({ turn }) => turn === null);
    expect(later()).to.equal(null);
    const button = find('.add')!;
    expect(button.textContent).to.contain('Choose options');
    expect(find('.axis')?.tagName).to.equal(undefined);
    button.focus();
    button.click();
    await until(() => find('.add')!.ariaBusy === 'true' || find('.axis') !== null);
    await waitUntil(() => hasFocus(find('.axis input')));
    expect(find('.add')).to.equal(button);
    expect(find('.refusal')!.textContent).to.equal('Please choose first: Size.');
    expect(root.querySelector('[aria-live=polite]')!.textContent).to.contain('Please choose first: Size.');
    await expect(clerk).to.be.accessible();
  });
});
