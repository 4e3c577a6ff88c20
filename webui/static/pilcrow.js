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

for (const line of document.querySelectorAll(".cite")) {
  if (!navigator.clipboard) break;
  const citation = line.querySelector(".citation").textContent;
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the citation ${citation}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(citation);
    said.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; }, 2000);
  });
  line.append(button, said);
}
