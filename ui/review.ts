import { tieMarks } from "./components/marks";
import { offerToAdd } from "./components/selection";

tieMarks();
const doc = document.getElementById("doc");
const address = document.querySelector<HTMLElement>(".review")?.dataset.add;
if (doc && address) offerToAdd(doc, address);
