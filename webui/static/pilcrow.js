// The only script: it copies a citation. Every page is complete without it, and the citation can be selected by hand.
"use strict";

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
