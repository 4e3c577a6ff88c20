// The only script: it copies a citation. Every page is complete without it, and the citation can be selected by hand.
"use strict";

for (const line of document.querySelectorAll("[data-citation]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the citation ${line.dataset.citation}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line.dataset.citation);
    said.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; }, 2000);
  });
  line.append(button, said);
}
