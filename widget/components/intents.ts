/**
 * What a piece of the panel asks of the element around it. These events bubble but are not composed: they never
 * leave the shadow root.
 */
export class SendIntent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('intent-send', { bubbles: true });
    this.text = text;
  }
}

export class StopIntent extends Event {
  constructor() {
    super('intent-stop', { bubbles: true });
  }
}

/** Ask the last question again. */
export class RetryIntent extends Event {
  constructor() {
    super('intent-retry', { bubbles: true });
  }
}

/** Say this to those who listen rather than look. */
export class AnnounceIntent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('intent-announce', { bubbles: true });
    this.text = text;
  }
}

declare global {
  interface HTMLElementEventMap {
    'intent-send': SendIntent;
    'intent-stop': StopIntent;
    'intent-retry': RetryIntent;
    'intent-announce': AnnounceIntent;
  }
}
