import type { Allowance, Shop } from '../shops/types.ts';
import type { Account, Spending } from '../storage/types.ts';
import type { Asker } from './types.ts';

export type Period = 'day' | 'month';

/** Who a turn counts against, and how much that one may use. */
export interface Payer {
  kind: 'visitor' | 'address' | 'shop';
  /** Unique over all shops. */
  id: string;
  allowance: Allowance;
}

export interface PayersAccount extends Account {
  kind: Payer['kind'];
  span: Period;
}

const MICRO = 1_000_000;

/** The narrowest first: it is named when several have nothing left. */
export function payersOf({ shop, visitorId, address }: Asker): Payer[] {
  const { slug, limits } = shop;
  return [
    { kind: 'visitor', id: `visitor:${slug}:${visitorId}`, allowance: limits.visitor },
    { kind: 'address', id: `address:${slug}:${address}`, allowance: limits.address },
    shopPayer(slug, limits.shop),
  ];
}

/**
 * The accounts of today and of this month that a turn goes on: those with a cap, and always the shop's own, so that its
 * owner can see what it spends.
 * @param share of the shop's caps that may be reached, 0 to 1
 */
export function accountsOf(asker: Asker, now: number, share = 1): PayersAccount[] {
  return accountsOfPayers(payersOf(asker), now, share);
}

/** Of the shop alone, for what no visitor asks for. */
export function accountsOfShop({ slug, limits }: Pick<Shop, 'slug' | 'limits'>, now: number, share = 1): Account[] {
  return accountsOfPayers([shopPayer(slug, limits.shop)], now, share).map(
    ({ kind: _kind, span: _span, ...account }) => account,
  );
}

function shopPayer(slug: string, allowance: Allowance): Payer {
  return { kind: 'shop', id: `shop:${slug}`, allowance };
}

function accountsOfPayers(payers: readonly Payer[], now: number, share: number): PayersAccount[] {
  return payers.flatMap(({ kind, id, allowance }) => {
    const part = kind === 'shop' ? share : 1;
    const day = { maxTokens: tokens(allowance.tokensPerDay, part), maxMicroUsd: micro(allowance.usdPerDay, part) };
    const month = { maxTokens: null, maxMicroUsd: micro(allowance.usdPerMonth, part) };
    const accounts: PayersAccount[] = [
      { kind, span: 'day', payer: id, period: periodOf('day', now), ...day },
      { kind, span: 'month', payer: id, period: periodOf('month', now), ...month },
    ];
    return accounts.filter(
      ({ maxTokens, maxMicroUsd }) => kind === 'shop' || maxTokens !== null || maxMicroUsd !== null,
    );
  });
}

/** Nothing more fits. */
export function isUsedUp({ maxTokens, maxMicroUsd }: Account, { tokens, microUsd }: Spending): boolean {
  return (maxTokens !== null && tokens >= maxTokens) || (maxMicroUsd !== null && microUsd >= maxMicroUsd);
}

/** Milliseconds from `now` until the next day or month of UTC begins. */
export function untilNext(period: Period, now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return (period === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1)) - now;
}

function periodOf(period: Period, now: number): string {
  return new Date(now).toISOString().slice(0, period === 'day' ? 10 : 7);
}

function tokens(cap: number | null, share: number): number | null {
  return cap === null ? null : Math.floor(cap * share);
}

/** Rounded before it is cut: 4.1 dollars are 4 100 000 micro-dollars, not 4 099 999. */
function micro(usd: number | null, share: number): number | null {
  return usd === null ? null : Math.floor(Math.round(usd * MICRO) * share);
}
