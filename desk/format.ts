/** How the desk writes numbers, money and times. The desk speaks English; times are those of whoever reads. */
import { html } from 'lit';

const MICRO = 1_000_000;

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const longAgo = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

/** What there is nothing to say of. */
export const NONE = '–';

export function count(value: number): string {
  return whole.format(value);
}

/** "1.2M", for tokens. */
export function short(value: number): string {
  return compact.format(value);
}

/** @param share 0 to 1 */
export function share(value: number | null): string {
  return value === null ? NONE : percent.format(value);
}

/** Two digits, and as many more as it takes to see something. */
export function dollars(microUsd: number): string {
  const usd = microUsd / MICRO;
  const digits = usd === 0 || Math.abs(usd) >= 0.1 ? 2 : Math.abs(usd) >= 0.001 ? 4 : 6;
  return `$${new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(usd)}`;
}

/** Milliseconds, as a person would say them. */
export function duration(ms: number | null): string {
  if (ms === null) return NONE;
  // Rounded first: 59,960 ms are a minute, and no 60.0 s.
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  if (Math.round(ms / 100) < 600) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A day of UTC: `2026-11-21` or a time within it. */
export function dayName(iso: string, { year = false } = {}): string {
  return (year ? dayAndYear : day).format(new Date(iso));
}

/** "14:00", of UTC. */
export function hourName(iso: string): string {
  return iso.slice(11, 16);
}

/** Of this year without the year. */
export function when(iso: string) {
  const at = new Date(iso);
  const format = at.getFullYear() === new Date().getFullYear() ? moment : longAgo;
  return html`<time datetime=${iso}>${format.format(at)}</time>`;
}

export function clockTime(iso: string) {
  return html`<time datetime=${iso}>${clock.format(new Date(iso))}</time>`;
}

/** `1 conversation`, `2 conversations` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "77.7 GB" */
export function bytes(value: number): string {
  const power = Math.min(4, Math.floor(Math.log10(Math.max(value, 1)) / 3));
  return `${compact.format(value / 1_000 ** power)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `gpt-6-luna` stays; `model_timeout` is "model timeout". */
export function plain(code: string): string {
  return code.replaceAll('_', ' ');
}
