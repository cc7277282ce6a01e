/** `GET /api/admin/health`: of the shops that may be seen. */
export interface DeskHealth {
  /** The worst of `checks`. */
  status: HealthStatus;
  version: string;
  environment: string;
  started_at: string;
  active_turns: number;
  /** What is wrong first. */
  checks: HealthCheck[];
  shops: ShopHealth[];
  /** For operators; null to owners. */
  storage: { database_bytes: number; disk_free_bytes: number; disk_bytes: number } | null;
}

export type HealthStatus = 'ok' | 'warning' | 'error';

export interface HealthCheck {
  /** What it is about. */
  kind: 'storage' | 'disk' | 'model' | 'circuit' | 'catalogue' | 'documents' | 'settings';
  /** Null where it is about no one shop. */
  shop: string | null;
  status: HealthStatus;
  /** What is so, and what to do about it. */
  message: string;
}

export interface ShopHealth {
  shop: string;
  name: string;
  products: number;
  synced_at: string | null;
  sync_error: string | null;
  models: ShopModelHealth[];
}

export interface ShopModelHealth {
  model: string;
  role: 'default' | 'cheaper' | 'fallback' | 'arm';
  /** Null where it hasn't been asked since the start. */
  circuit: 'closed' | 'open' | 'half-open' | null;
  since: string | null;
  last_error: string | null;
  warnings: { kind: 'unknown' | 'shutdown' | 'unpriced'; date: string | null }[];
}
