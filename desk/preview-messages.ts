/** What the desk and the page with the widget in its frame tell each other; both are of one origin. */

/** From the desk. */
export interface PreviewWish {
  for: 'preview';
  /** Shows the draft; null is what is served. */
  token: string | null;
  scheme: 'auto' | 'light' | 'dark';
  open: boolean;
  /** The draft has changed: look at it again. */
  anew: boolean;
}

/** From the frame. */
export interface PreviewNews {
  from: 'preview';
  /** `listening`: it takes wishes · `shown`: the widget stands there with what was asked for · `failed`: it can't. */
  at: 'listening' | 'shown' | 'failed';
}
