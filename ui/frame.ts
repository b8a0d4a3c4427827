// Says that the network is gone, which htmx keeps to itself. What was typed stays where it is.

const problem = document.getElementById("problem");
const words = document.querySelector<HTMLTemplateElement>("#no-connection");

/** Whether a person waits for the answer; the numbers of the menu are fetched unasked. */
function isWaitedFor(event: Event): boolean {
  return event.target instanceof Element && !event.target.matches(".count");
}

for (const name of ["htmx:sendError", "htmx:timeout"])
  document.addEventListener(name, (event) => {
    if (words && isWaitedFor(event)) problem?.replaceChildren(words.content.cloneNode(true));
  });

document.addEventListener("htmx:afterOnLoad", (event) => {
  if (problem?.querySelector("[data-no-connection]") && isWaitedFor(event)) problem.replaceChildren();
});
