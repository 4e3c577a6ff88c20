// The only script. Every page is complete without it: a citation can be selected by hand, and the style sheet shows the
// facets and the outline beside the text where there is room.
"use strict";

// What the style sheet shows open is said to be open too, for browsers and readers that go by the attribute.
const wide = matchMedia("(min-width: 60rem)");
const unfold = () => {
  for (const folded of document.querySelectorAll(".refine")) folded.open = wide.matches;
};
if (wide.matches) unfold();
wide.addEventListener("change", unfold);

// A citation, and a paragraph with its citation, to take away. The signs of notes mean nothing elsewhere.
const copied = (line, withText) => {
  const citation = line.querySelector(".citation").textContent;
  if (!withText) return citation;
  const own = line.closest(".para").querySelector(".own p").cloneNode(true);
  for (const sign of own.querySelectorAll("sup")) sign.remove();
  return `“${own.textContent.trim()}” (${citation})`;
};
for (const line of document.querySelectorAll(".cite")) {
  if (!navigator.clipboard) break;
  const citation = copied(line, false);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  for (const [label, name, withText] of [
    ["Copy", `Copy the citation ${citation}`, false],
    ["with text", `Copy with text: ${citation}`, true],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copied(line, withText));
      said.textContent = "Copied";
      setTimeout(() => { said.textContent = ""; }, 2000);
    });
    line.append(button);
  }
  line.append(said);
}
