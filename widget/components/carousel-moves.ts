/** Through a row of cards, by its arrows and with the keys. Comes when a pointer or the focus is on the conversation. */

/** The sign of what lies further on: to the left in Hebrew. */
function forward(carousel: Element): 1 | -1 {
  return getComputedStyle(carousel).direction === 'rtl' ? -1 : 1;
}

/** Most of what is in sight further on, or back. */
export function page(carousel: Element, step: 1 | -1): void {
  const track = carousel.querySelector('.track');
  track?.scrollBy({ left: step * forward(carousel) * track.clientWidth * 0.8 });
}

/** From card to card, on what the focus is on: their links, or what they offer to do. Lists and buttons of options have their own keys. */
export function walk(carousel: Element, event: KeyboardEvent, on: EventTarget | null): void {
  const target = on as HTMLElement;
  // A key that has waited is too late when the focus is elsewhere.
  if (!target.matches(':focus')) return;
  const kind = ['.link', '.add'].find((selector) => target.matches(selector));
  if (!kind) return;
  const links = [...carousel.querySelectorAll<HTMLElement>(kind)];
  const at = links.indexOf(target);
  const places: Record<string, number> = {
    Home: 0,
    End: links.length - 1,
    ArrowRight: at + forward(carousel),
    ArrowLeft: at - forward(carousel),
  };
  const link = links[places[event.key] ?? -1];
  if (!link) return;
  event.preventDefault();
  link.focus();
}
