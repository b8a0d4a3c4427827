// The document on the left and the plan on the right: choosing one shows the other.

function bring(element: HTMLElement | null): void {
  if (!element) return;
  document.querySelectorAll(".read.on, .mark.on, .ask.on").forEach((other) => other.classList.remove("on"));
  element.classList.add("on");
  element.scrollIntoView({ block: "center" });
}

function light(ref: string): void {
  document.querySelectorAll<HTMLElement>(".mark[data-refs]").forEach((mark) => {
    if ((mark.dataset.refs ?? "").split(" ").includes(ref)) mark.classList.add("on");
  });
}

/** The mark that stands at or first after a place of the document. */
function markAt(start: number): HTMLElement | null {
  const marks = [...document.querySelectorAll<HTMLElement>(".mark[data-at]")];
  return marks.find((mark) => Number(mark.dataset.at) >= start) ?? marks.at(-1) ?? null;
}

export function tieMarks(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const mark = target?.closest<HTMLElement>(".doc .mark");
    if (mark) {
      event.preventDefault();
      const [ref] = (mark.dataset.refs ?? "").split(" ");
      const item = ref ? (document.getElementById(ref)?.closest<HTMLElement>("article, .ask") ?? null) : null;
      bring(item);
      item?.focus({ preventScroll: true });
      mark.classList.add("on");
      return;
    }
    const words = target?.closest<HTMLElement>("a.words[data-start]");
    if (words) {
      event.preventDefault();
      bring(markAt(Number(words.dataset.start)));
      const item = words.closest<HTMLElement>("article, .ask");
      item?.classList.add("on");
      if (item) light(item.id);
    }
  });
}
