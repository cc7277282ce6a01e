/** The mark of a source in an answer, as the desk shows it: its number. The widget's own asks the widget's message. */
class DeskCite extends HTMLElement {
  connectedCallback(): void {
    const mark = document.createElement('sup');
    mark.textContent = `[${this.getAttribute('n') ?? ''}]`;
    this.replaceChildren(mark);
  }
}
if (!customElements.get('shopclerk-cite')) customElements.define('shopclerk-cite', DeskCite);
