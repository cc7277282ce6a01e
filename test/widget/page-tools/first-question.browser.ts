import { expect } from '@open-wc/testing';
import type { PageTool } from '../../../proxy/protocol/index.ts';
import { SendIntent } from '../../../widget/components/intents.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { realClerk } from '../real-clerk.ts';

const stock: PageTool = { name: 'stock', description: 'Stock of the store nearby.' };

// A file of its own: what calls the page's functions must not have been loaded before.
it("the first question takes the page's functions along, typed while their part is still on its way", async () => {
  const proxy = new FakeProxy();
  proxy.settings = { ...proxy.settings, page_tools: true };
  proxy.install();
  try {
    const { clerk, root, opened, until } = await realClerk();
    await opened();
    void clerk.registerTool(stock, () => 3);
    root.dispatchEvent(new SendIntent('Is it in the store nearby?'));
    await until(({ turn, threadId }) => turn === null && threadId !== null);
    expect(proxy.bodies('POST /api/chat/stream')).to.have.length(1);
    expect(proxy.bodies('POST /api/chat/stream')[0]).to.deep.include({ tools: [stock] });
  } finally {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  }
});
