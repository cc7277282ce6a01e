import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import type { Opening } from '../../../proxy/protocol/index.ts';
import { openingHours } from '../../../widget/components/opening-hours.ts';
import { strings } from '../../../widget/i18n/index.ts';
import { inPanel } from '../panel-fixture.ts';

// A Saturday, by the browser's own clock.
const now = new Date(2026, 10, 21, 12, 0).getTime();
const at = (day: number, hour: number): string => new Date(2026, 10, day, hour).toISOString();

async function told(open: Opening | undefined, language: 'en' | 'he' = 'en'): Promise<string> {
  const panel = await inPanel(html``, strings[language].$dir);
  render(openingHours({ ...(open && { open }) }, strings[language], now), panel);
  await expect(panel).to.be.accessible();
  return panel.textContent.replace(/\s+/g, ' ').trim();
}

describe('opening hours', () => {
  it('say whether somebody is there, until when, and from when', async () => {
    expect(await told({ now: true, until: at(21, 17) })).to.equal('We are here now, until 5:00 PM.');
    expect(await told({ now: true })).to.equal('We are here now.');
    expect(await told({ now: false, opens_at: at(23, 9) })).to.match(/We are back Monday.* 9:00 AM\.$/);
    expect(await told({ now: false, opens_at: at(30, 9) })).to.match(/We are back November 30.* 9:00 AM\.$/);
    expect(await told({ now: false })).to.equal('We are not here right now. We answer as soon as we can.');
    expect(await told({ now: true, until: at(21, 17) }, 'he')).to.equal('אנחנו כאן עכשיו, עד 17:00.');
  });

  it('say nothing where the shop doesn’t, nor a time that has passed', async () => {
    expect(await told(undefined)).to.equal('');
    expect(await told({ now: true, until: at(21, 11) })).to.equal('We are here now.');
  });
});
