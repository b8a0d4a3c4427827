// A report that is filled in: what was typed outlives a broken network and an ended session; the eye and the
// keyboard stay where the work goes on. Nothing here is needed to report.

const DRAFT = "report-draft-";

function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  const all = [...form.elements] as HTMLInputElement[];
  return all.filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type));
}

/** Typed words are kept in this tab until they are saved: under the task and the version they belong to. */
function keep(form: HTMLFormElement): void {
  const said = fieldsOf(form)
    .filter((field) => field.type !== "radio" || field.checked)
    .map((field) => [field.name, field.value]);
  sessionStorage.setItem(DRAFT + form.dataset.draft, JSON.stringify(said));
}

function restore(form: HTMLFormElement): void {
  const kept = sessionStorage.getItem(DRAFT + form.dataset.draft);
  if (!kept) return;
  const said = new Map(JSON.parse(kept) as [string, string][]);
  let changed = false;
  for (const field of fieldsOf(form)) {
    const words = said.get(field.name);
    if (words === undefined) continue;
    if (field.type === "radio") {
      changed ||= field.checked !== (field.value === words);
      field.checked = field.value === words;
    } else if (field.value !== words) {
      field.value = words;
      changed = true;
    }
  }
  const note = form.querySelector<HTMLElement>("[data-restored]");
  if (note) note.hidden = !changed;
}

function formsIn(place: ParentNode): HTMLFormElement[] {
  return [...place.querySelectorAll<HTMLFormElement>("form[data-draft]")];
}

function offline(shown: boolean): void {
  const note = document.querySelector<HTMLElement>("[data-offline]");
  if (!note || note.hidden === !shown) return;
  note.hidden = !shown;
  if (shown) note.scrollIntoView({ block: "nearest" });
}

formsIn(document).forEach(restore);

document.addEventListener("input", (event) => {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-draft]") : null;
  if (form) keep(form);
});
document.addEventListener("submit", (event) => {
  // Without htmx the answer is a new page: what is kept is thrown away there, once its version is gone.
  if (event.target instanceof HTMLFormElement && event.target.dataset.draft) keep(event.target);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => offline(true));
window.addEventListener("online", () => offline(false));
document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, elt } = (event as CustomEvent<{ successful: boolean; elt: Element }>).detail;
  if (!successful) return;
  offline(false);
  if (elt instanceof HTMLFormElement && elt.dataset.draft) sessionStorage.removeItem(DRAFT + elt.dataset.draft);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const place = (event as CustomEvent<{ elt: Element }>).detail.elt;
  if (!place.classList.contains("report-item")) return;
  formsIn(place).forEach(restore);
  const fields = [...place.querySelectorAll<HTMLElement>(".when-stuck textarea, .amounts input")];
  const typed = fields.find((field) => field.offsetParent) ?? (place as HTMLElement);
  typed.focus({ preventScroll: typed === place });
});
