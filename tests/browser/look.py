"""What a page must be, wherever it is opened: fitting, accessible by axe's rules, and in one language."""

import re
from pathlib import Path

from playwright.sync_api import Page

from chuangwen.orgs.models import Person

AXE = (Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """axe.run(document, {
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}, resultTypes: ['violations']
}).then(found => found.violations.map(fault => `${fault.id}: ${fault.nodes[0].html.slice(0, 160)}`))"""
PHONE, DESK = 360, 1440
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
WORDS = """() => {
  const codes = [...document.querySelectorAll("code")];
  codes.forEach(code => (code.hidden = true));
  const named = [...document.querySelectorAll("[aria-label], [placeholder], [alt], [title]:not([lang])")];
  const words = named.map(e => [e.ariaLabel, e.placeholder, e.alt, e.title].join(" "));
  const seen = document.body.innerText;
  codes.forEach(code => (code.hidden = false));
  return [document.title, seen, ...words].join(" ");
}"""
LATIN_ALLOWED = re.compile(  # beginnings of hashes, formats of files, keys of plans, systems of coordinates, keys to press
    r"[0-9a-f]{12,64}|SHA-256|draw\.json|frame\.csv|\b(XLSX|XLSForm|Excel|CSV|JSON|GeoJSON|PDF|WGS|GCJ|BD|CGCS2000|WebP|JPEG|PNG|Tab|code|adcode|Theil|Sen|Word|MB|docx|EN|txt|plan|[TPI]\d+)\b|\.(txt|docx|csv|xlsx|geojson|json|zip|png|jpg|pdf)",
    re.ASCII,
)


def faults(page: Page, language: str = "zh-hans", *, axe: bool = True) -> list[str]:
    """All that is wrong with the page as it stands, on a phone and on a desk."""
    found = []
    present = page.viewport_size["width"] if page.viewport_size else 0
    for width in sorted((PHONE, DESK), key=lambda width: width != present):
        if width != present:
            page.set_viewport_size({"width": width, "height": 900})
        if (wider := page.evaluate(WIDER)) > 0:
            found.append(f"{wider} px too wide at {width} px")
        if width == DESK and axe:
            found += page.evaluate(f"{AXE}\n{RUN_AXE}")
        if width == DESK and language == "zh-hans" and (words := english(page)):
            found.append(f"English left: {words}")
    return found


def english(page: Page) -> list[str]:
    """Words in Latin letters on a Chinese page, seen or read aloud; codes and names of accounts are none."""
    text = page.evaluate(WORDS)
    for name in sorted(Person.objects.values_list("username", flat=True), key=len, reverse=True):
        text = text.replace(name, "")
    words: list[str] = re.findall(r"[A-Za-z]{2,}", LATIN_ALLOWED.sub("", text))
    return words[:10]
