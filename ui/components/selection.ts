// Words selected in the document can be added to the plan: a button beside the selection leads to the form.

import { placeOf } from "./offsets";

const KINDS = ["indicator", "task", "goal"] as const;

export function offerToAdd(doc: HTMLElement, address: string): void {
  const template = document.querySelector<HTMLTemplateElement>("#add-kinds");
  const bar = template?.content.firstElementChild?.cloneNode(true);
  if (!(bar instanceof HTMLElement)) return;
  bar.hidden = true;
  document.body.append(bar);
  const links = KINDS.map((kind) => bar.querySelector<HTMLAnchorElement>(`a[data-kind=${kind}]`));

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    bar.hidden = true;
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!doc.contains(range.startContainer) || !doc.contains(range.endContainer)) return;
    const start = placeOf(range.startContainer, range.startOffset);
    const end = placeOf(range.endContainer, range.endOffset);
    const quote = range.toString();
    if (start === null || end === null || end <= start || !quote.trim()) return;
    links.forEach((link, i) => {
      const query = new URLSearchParams({ start: `${start}`, end: `${end}`, quote, subject: KINDS[i] ?? "" });
      if (link) link.href = `${address}?${query}`;
    });
    const box = range.getBoundingClientRect();
    bar.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - 300))}px`;
    bar.style.top = `${Math.max(8, box.bottom + 6)}px`;
    bar.hidden = false;
  });
}
