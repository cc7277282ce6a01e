/** Who is at the desk. An operator sees all shops and may do everything; an owner has the shops of their account. */
export type DeskRole = 'operator' | 'owner';

/** `POST /api/admin/session`: with the ADMIN_TOKEN, or with an account. */
export type LoginRequest = { token: string } | { email: string; password: string };

/** `GET` and `POST /api/admin/session` */
export interface DeskSession {
  role: DeskRole;
  /** Of an owner; null for an operator. */
  email: string | null;
  /** Slugs of the shops that may be seen. */
  shops: string[];
  /** Send it as `X-CSRF-Token` with every request that changes something; null with a bearer token, which needs none. */
  csrf_token: string | null;
  /** ISO 8601, UTC: when this login ends in any case; null with a bearer token. */
  expires_at: string | null;
}

/** `GET /api/admin/sessions`: logins that are still good, the newest first. */
export interface DeskSessions {
  sessions: DeskSessionSummary[];
}

export interface DeskSessionSummary {
  session_id: string;
  role: DeskRole;
  email: string | null;
  created_at: string;
  seen_at: string;
  expires_at: string;
  /** What the browser calls itself, 200 characters at most. */
  user_agent: string;
  /** The one that asks. */
  current: boolean;
}

/** `PUT /api/admin/password`, for owners. All other logins of the account end. */
export interface PasswordChange {
  current_password: string;
  /** 12 to 200 characters. */
  password: string;
}

/** `POST /api/admin/invitations/accept`: sets the password that an invitation asks for, once, and logs in. */
export interface AcceptedInvitation {
  token: string;
  /** 12 to 200 characters. */
  password: string;
}
