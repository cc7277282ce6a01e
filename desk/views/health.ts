import { html } from 'lit';
import { DeskView } from '../view.ts';
export class View extends DeskView {
  override render() {
    return html`x`;
  }
}
customElements.define('desk-health', View);
