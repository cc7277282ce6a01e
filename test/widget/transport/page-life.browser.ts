import { expect } from '@open-wc/testing';
import { watchPage } from '../../../widget/transport/page-life.ts';

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the life of a page', () => {
  let seen: string[];
  let end: AbortController;

  beforeEach(() => {
    seen = [];
    end = new AbortController();
    watchPage({ wake: () => seen.push('wake'), rest: () => seen.push('rest') }, end.signal);
  });
  afterEach(() => {
    end.abort();
    Reflect.deleteProperty(document, 'hidden');
  });

  it('wakes up when the network is back', () => {
    dispatchEvent(new Event('online'));
    expect(seen).to.deep.equal(['wake']);
  });

  it('wakes up when it is looked at again, and not when it is looked away from', () => {
    setHidden(true);
    expect(seen).to.deep.equal([]);
    setHidden(false);
    expect(seen).to.deep.equal(['wake']);
  });

  it('wakes up when it was frozen and goes on', () => {
    document.dispatchEvent(new Event('resume'));
    expect(seen).to.deep.equal(['wake']);
  });

  it('rests when it is left, and wakes up when somebody goes back to it', () => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(seen).to.deep.equal(['rest', 'wake']);
  });

  it('does not begin with waking up', () => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(seen).to.deep.equal([]);
  });

  it('is watched no longer than wanted', () => {
    end.abort();
    dispatchEvent(new Event('online'));
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(seen).to.deep.equal([]);
  });
});
