/** Once a session, and never again for who has sent it away. */
const SAID = 'shopclerk:greeted';
const UNWANTED = 'shopclerk:no-greetings';

const has = (storage: () => Storage, key: string): boolean => {
  try {
    return storage().getItem(key) !== null;
  } catch {
    // Blocked: what can't be kept must not come on every page.
    return true;
  }
};

const keep = (storage: () => Storage, key: string): void => {
  try {
    storage().setItem(key, '1');
  } catch {
    // Full: for this page it holds anyway.
  }
};

export const mayGreet = (): boolean => !has(() => sessionStorage, SAID) && !has(() => localStorage, UNWANTED);
export const hasGreeted = (): void => keep(() => sessionStorage, SAID);
export const dontGreet = (): void => keep(() => localStorage, UNWANTED);
