/**
 * Makes `current` equal to `wanted` and returns it, or puts `wanted` into its place. Every node that is equal already
 * is kept, so that a selection or a scroll position inside it survives. Text that only grew is appended to: ranges in
 * it stay where they are.
 */
export function patch<T extends Node>(current: T, wanted: T): T {
  if (current instanceof Text && wanted instanceof Text) {
    patchText(current, wanted.data);
    return current;
  }
  if (current instanceof Element && wanted instanceof Element && current.nodeName === wanted.nodeName) {
    patchAttributes(current, wanted);
    patchChildren(current, wanted);
    return current;
  }
  current.parentNode?.replaceChild(wanted, current);
  return wanted;
}

function patchText(current: Text, data: string): void {
  if (!data.startsWith(current.data)) current.data = data;
  else if (data.length > current.length) current.appendData(data.slice(current.length));
}

export function patchAttributes(current: Element, wanted: Element): void {
  for (const name of current.getAttributeNames()) {
    if (!wanted.hasAttribute(name)) current.removeAttribute(name);
  }
  for (const name of wanted.getAttributeNames()) {
    const value = wanted.getAttribute(name)!;
    if (current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
}

function patchChildren(current: Element, wanted: Element): void {
  const nodes = [...wanted.childNodes];
  nodes.forEach((node, index) => {
    const old = current.childNodes[index];
    if (old) patch(old, node);
    else current.append(node);
  });
  while (current.childNodes.length > nodes.length) current.lastChild!.remove();
}
