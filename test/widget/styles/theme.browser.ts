import { expect } from '@open-wc/testing';
import type { ShopSettings } from '../../../proxy/protocol/index.ts';
import { putTheme } from '../../../widget/styles/theme.ts';
import { shop } from '../fake-chat.ts';

function rulesOf(settings: Partial<ShopSettings>, own: string | null = null): string[] {
  const sheet = new CSSStyleSheet();
  putTheme(sheet, { ...shop, ...settings }, own);
  return [...sheet.cssRules].map((rule) => (rule as CSSStyleRule).selectorText);
}
const host = [':host', ':host(:not([color-scheme]))'];

describe('the theme of a shop', () => {
  it('is the shop’s, but for the accent that the page says', () => {
    const sheet = new CSSStyleSheet();
    putTheme(sheet, { ...shop, accent: 'red', theme: { radius: '4px', font: 'nope;' } }, 'blue');
    const { style } = sheet.cssRules[0] as CSSStyleRule;
    expect(style.getPropertyValue('--_shop-accent')).to.equal('blue');
    expect(style.getPropertyValue('--_shop-radius')).to.equal('4px');
    expect(style.getPropertyValue('--_shop-font')).to.equal('');
  });

  it('has an accent of its own for the dark, where the shop says one and the page none', () => {
    const accent = (own: string | null): string => {
      const sheet = new CSSStyleSheet();
      putTheme(sheet, { ...shop, accent: 'red', theme: { dark: { accent: 'pink' } } }, own);
      return (sheet.cssRules[0] as CSSStyleRule).style.getPropertyValue('--_shop-accent');
    };
    expect([accent(null), accent('blue')]).to.deep.equal(['light-dark(red,pink)', 'blue']);
  });

  it('can’t say anything else, whatever its values leave open', () => {
    for (const accent of ['var(--x,"', "var(--x,'", 'rgb(0 0 0', 'red/*', 'red;}*{all:unset']) {
      for (const font of [`'")); } :host{display:none} x{y:("'`, `"'));} :host{display:none} /*"`, 'serif']) {
        const theme = { font, radius: '4px' };
        expect(rulesOf({ accent, theme, color_scheme: 'dark' }), `${accent} ${font}`).to.deep.equal(host);
        expect(rulesOf({ theme, color_scheme: 'dark' }, accent), `${accent} ${font}`).to.deep.equal(host);
      }
    }
  });
});
