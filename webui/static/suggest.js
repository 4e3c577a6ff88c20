// Suggestions beneath the search box, by the pattern of a combobox with a list of options (WAI-ARIA Authoring Practices).
// The keys and the ARIA attributes are combobox-nav's; asking the server, showing and choosing are done here. Without
// this script, or while the server is slow or gone, the box is a box.
import Combobox from "./vendor/combobox-nav.js";

const PAUSE = 120; // milliseconds without a key before the server is asked
const KEPT = 200; // answers that are remembered, for those who go back and forth

const answers = new Map();

async function ask(query, signal) {
  if (answers.has(query)) return answers.get(query);
  const response = await fetch(`/api/suggest?q=${encodeURIComponent(query)}`, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) return [];
  const { suggestions } = await response.json();
  if (answers.size >= KEPT) answers.delete(answers.keys().next().value);
  answers.set(query, suggestions);
  return suggestions;
}

function span(className, text) {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  return made;
}

function option(suggestion, id) {
  const made = document.createElement("li");
  made.id = id;
  made.setAttribute("role", "option");
  made.append(span("offer", suggestion.label), " ", span("detail", suggestion.detail));
  if (suggestion.count !== null) {
    const count = span("count", suggestion.count.toLocaleString("en"));
    count.append(span("vh", suggestion.count === 1 ? " paragraph" : " paragraphs"));
    made.append(" ", count);
  }
  return made;
}

function enhance(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const status = span("vh", "");
  status.setAttribute("role", "status");
  input.form.append(list, status);

  const combobox = new Combobox(input, list);
  let shown = [];
  let shownFor = ""; // the text that they go on from
  let timer = 0;
  let asking = new AbortController();
  let key = "";

  const stopAsking = () => {
    clearTimeout(timer);
    asking.abort();
  };
  const close = () => {
    stopAsking();
    if (list.hidden) return;
    combobox.stop();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
  };
  const show = (suggestions) => {
    combobox.stop();
    const examples = input.form.querySelector(".asking");
    if (examples) examples.open = false; // they would lie over each other
    shown = suggestions;
    shownFor = input.value;
    list.replaceChildren(...shown.map((each, at) => option(each, `${list.id}-${at + 1}`)));
    list.hidden = shown.length === 0;
    if (list.hidden) status.textContent = "No suggestions";
    else {
      combobox.start();
      status.textContent = shown.length === 1 ? "1 suggestion" : `${shown.length} suggestions`;
    }
  };
  const fetchAndShow = async (first = false) => {
    stopAsking();
    const query = input.value;
    if (!query.trim()) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const suggestions = await ask(query, signal);
      if (!signal.aborted && input.value === query && document.activeElement === input) {
        show(suggestions);
        if (first && shown.length) combobox.navigate(1);
      }
    } catch {
      if (!signal.aborted) close(); // no network, no list
    }
  };
  const fetchSoon = () => {
    stopAsking();
    timer = setTimeout(fetchAndShow, PAUSE, false);
  };
  const take = (suggestion) => {
    close();
    if (key === "Tab" || suggestion.kind === "field") {
      input.value = suggestion.query;
      if (suggestion.kind === "field") fetchSoon();
    } else if (suggestion.opens) location.assign(suggestion.url);
    else {
      input.value = suggestion.query;
      input.form.requestSubmit();
    }
  };

  input.addEventListener("input", (event) => {
    if (!event.isComposing) fetchSoon();
  });
  input.addEventListener("compositionend", fetchSoon);
  input.addEventListener("keydown", (event) => {
    key = event.key;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Esc closes the list, the next one is the browser's own
      close();
    } else if (event.key === "ArrowDown" && input.value.trim() && (list.hidden || shownFor !== input.value)) {
      event.preventDefault();
      event.stopImmediatePropagation(); // what is shown is of an earlier text: none of it is chosen
      fetchAndShow(!list.hidden);
    }
  }, { capture: true });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the box keeps the focus
    key = "";
  });
  list.addEventListener("combobox-commit", (event) => take(shown[Array.from(list.children).indexOf(event.target)]));
}

// Esc closes the examples beside the box, as it closes the list.
for (const asking of document.querySelectorAll(".asking")) {
  asking.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !asking.open) return;
    asking.open = false;
    asking.querySelector("summary").focus();
  });
}

document.querySelectorAll(".ask input[name=q]").forEach(enhance);
