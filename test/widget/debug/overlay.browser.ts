import { expect, waitUntil } from '@open-wc/testing';
import { watch, type Watched } from '../../../widget/debug/overlay.ts';
import { FailureEvent, MessageSendEvent } from '../../../widget/events.ts';

/** The test server stands where the proxy would be, and answers nothing of it. */
function stage() {
  const host = Object.assign(document.createElement('div'), { shop: 'pets', proxy: '/', transport: 'auto' }) as Watched;
  document.body.append(host);
  const gone = new AbortController();
  watch(host, gone.signal);
  const box = document.querySelector('shop-clerk-debug')!;
  const root = box.shadowRoot!;
  const said = () =>
    Object.fromEntries(
      [...root.querySelectorAll('dt')].map((dt) => [dt.textContent, dt.nextElementSibling!.textContent]),
    );
  return { host, box, root, said, gone };
}

it('is accessible', async () => {
  const { box, root, gone } = stage();
  await waitUntil(() => root.querySelectorAll('dt').length > 6);
  await expect(box).to.be.accessible();
  gone.abort();
});

it('shows shop, conversation and the last error, and nothing of what was written', async () => {
  const { host, said, gone } = stage();
  const source = { shop: 'pets', threadId: 'thr_1' };
  expect(said()).to.include({ shop: 'pets', 'last error': 'none' });
  host.dispatchEvent(new MessageSendEvent(source));
  host.dispatchEvent(
    new FailureEvent(source, { code: 'origin_not_allowed', retryable: false, retryAt: null } as never),
  );
  expect(said()).to.include({ 'warn last error': 'origin_not_allowed' });
  expect(Object.values(said()).join()).to.include('thr_1');
  gone.abort();
});

it('shows what the page forbids, and looks at the proxy', async () => {
  const { said, gone } = stage();
  const violation = { effectiveDirective: 'connect-src', blockedURI: 'https://clerk.example/api' };
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', violation));
  expect(said()).to.include({ 'fail forbidden': 'connect-src: https://clerk.example/api' });
  await waitUntil(() => 'fail proxy' in said());
  gone.abort();
});

it('goes with the element', () => {
  const { gone } = stage();
  gone.abort();
  expect(document.querySelector('shop-clerk-debug')).to.equal(null);
});
