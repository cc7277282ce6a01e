/** The shopper agrees to what is stored and sent. */
export class ConsentIntent extends Event {
  constructor() {
    super('intent-consent', { bubbles: true });
  }
}
