/** Kept without any id of the shopper: that somebody wants it, in this browser, on this shop's pages. */
const KEY = 'shopclerk:sound';
const NOTES = [659.25, 880];

let context: AudioContext | null = null;
let wanted: boolean | undefined;

export const canSound = (): boolean => 'AudioContext' in globalThis;

export function hasSound(): boolean {
  if (wanted !== undefined) return wanted;
  try {
    wanted = localStorage.getItem(KEY) === 'on';
  } catch {
    // Blocked: off, as from the beginning.
    wanted = false;
  }
  return wanted;
}

/** At the shopper's own press, which is what lets a page sound at all; what was chosen is heard at once. */
export function setSound(on: boolean): void {
  wanted = on;
  try {
    if (on) localStorage.setItem(KEY, 'on');
    else localStorage.removeItem(KEY);
  } catch {
    // Blocked or full: it holds for this page.
  }
  if (on) play();
}

/** Two soft notes. Nothing before the shopper has touched the page: browsers would hold them back for later. */
export function play(): void {
  if (!canSound() || !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  const { currentTime: now, destination } = context;
  const gain = context.createGain();
  gain.connect(destination);
  gain.gain.setValueAtTime(0.0001, now);
  gain.gain.exponentialRampToValueAtTime(0.06, now + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, now + 0.5);
  NOTES.forEach((hertz, index) => {
    const note = context!.createOscillator();
    note.frequency.value = hertz;
    note.connect(gain);
    note.start(now + index * 0.12);
    note.stop(now + 0.5);
  });
}
