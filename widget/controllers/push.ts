/** What a side panel with `push` takes of the page's width. */
let taken: string | null = null;

/** Makes room beside the page, or gives it back: where the panel stands over everything, and when it is closed, there is none. */
export function push(panel: HTMLElement | null, wanted: boolean): void {
  const { style } = document.documentElement;
  if (taken) style.removeProperty(taken);
  taken = null;
  if (!wanted || !panel || panel.matches(':modal')) return;
  const { left, right, width } = panel.getBoundingClientRect();
  taken = left < innerWidth - right ? 'padding-left' : 'padding-right';
  style.setProperty(taken, `${width}px`);
}
