// Places in a document count Unicode code points; the browser counts UTF-16 units.

/** How many code points the first `units` UTF-16 units of `text` are; half of a pair counts as none of it. */
export function codePoints(text: string, units: number): number {
  let points = 0;
  for (let at = 0; at < units; points += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    if (at > units) break;
  }
  return points;
}

/** The place of a DOM position inside the marked document, or null outside of it. */
export function placeOf(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>("[data-at]");
  if (!piece) return null;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  const text = before.toString();
  return Number(piece.dataset.at) + codePoints(text, text.length);
}
