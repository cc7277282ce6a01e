/** `GET /api/admin/install?shop=` */
export interface Install {
  shop: string;
  /** Both null where the widget isn't built: `npm run build`. */
  tags: {
    /** Its file never changes: the browser checks it against `integrity`. */
    pinned: InstallTag | null;
    /** Follows the proxy: nothing to do after an upgrade. */
    following: InstallTag | null;
  };
  version: string;
  /** The proxy as whoever asks sees it: scheme and host, no slash at the end. */
  base_url: string;
  /** Pages that may use the assistant. */
  origins: string[];
  /** Whether whoever asks may change them at the desk. */
  origins_editable: boolean;
  /** For pages with a Content-Security-Policy: what has to be in it. */
  csp: InstallPolicy[];
  checks: InstallCheck[];
}

export interface InstallPolicy {
  directive: string;
  sources: string[];
  /** Why it is so, where that needs a word. */
  note?: string;
}

export interface InstallTag {
  html: string;
  src: string;
  integrity: string | null;
}

export interface InstallCheck {
  name: 'built' | 'https' | 'origins' | 'catalogue' | 'model';
  status: 'ok' | 'warning' | 'error';
  message: string;
}
