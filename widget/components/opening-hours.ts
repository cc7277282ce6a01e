import { html, nothing, type TemplateResult } from 'lit';
import type { ShopContact } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { pickLocale } from '../i18n/locale.ts';

const DAY_MS = 86_400_000;

/** The hour, and the day where it isn't today; the shopper's own clock. */
function time(iso: string, locale: string, now: number): string {
  const at = new Date(iso);
  const hour = { hour: 'numeric', minute: '2-digit' } as const;
  if (at.toDateString() === new Date(now).toDateString()) return at.toLocaleTimeString(locale, hour);
  // After a week a weekday says too little.
  const day =
    at.getTime() - now < 6 * DAY_MS ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const);
  return at.toLocaleString(locale, { ...day, ...hour });
}

/** Whether the people of the shop are there now, as far as they say. */
export function openingHours(
  { open }: ShopContact,
  strings: Strings,
  now = Date.now(),
): TemplateResult | typeof nothing {
  if (!open) return nothing;
  const { here, hereUntil, away, awayUntil } = laterStrings(strings).contactForm;
  const locale = pickLocale(strings.$lang).tag;
  const at = open.now ? open.until : open.opens_at;
  const known = at !== undefined && Date.parse(at) > now;
  const text = open.now
    ? known
      ? hereUntil(time(at, locale, now))
      : here
    : known
      ? awayUntil(time(at, locale, now))
      : away;
  return html`<p class="hours">${text}</p>`;
}
