// The search page and the pages of facets, made quicker: marking a span of dates by dragging or with Shift and the
// arrow keys, looking through the values that are there while typing, and coming back to the place that was left.
// Every page is complete without it.
"use strict";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Dates: one stop for the Tab key, arrow keys between bars; what is marked is asked for with the form "From, To".

const spanForm = document.querySelector("form.span");

const months = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

class Chart {
  constructor(svg) {
    const { step, first, slots, filled, unit } = svg.dataset;
    Object.assign(this, { svg, step, first, unit, slots: Number(slots), filled: Number(filled), from: -1 });
    this.bars = [...svg.querySelectorAll("a")];
    this.said = svg.closest(".when").querySelector(".marked");
    this.mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    this.mark.setAttribute("class", "drag");
    this.mark.setAttribute("height", "67");
    const start = this.bars.find((bar) => bar.classList.contains("on")) ?? this.bars[0];
    for (const bar of this.bars) bar.tabIndex = bar === start ? 0 : -1;
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => this.press(event));
    // Not on the picture itself: listening for focus would make it a stop for the Tab key.
    svg.parentNode.addEventListener("focusout", (event) => svg.contains(event.relatedTarget) || this.clear());
  }

  date(slot) {
    const [year, month] = this.first.split("-").map(Number);
    if (this.step === "year") return String(year + slot);
    const at = month - 1 + slot;
    return `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  }

  name(slot) {
    return this.step === "year" ? this.date(slot) : months.format(new Date(`${this.date(slot)}-01T00:00Z`));
  }

  // Marks the slots from one to the other, in any order, and says what they have.
  show(one, other) {
    const [low, high] = one < other ? [one, other] : [other, one];
    const count = this.bars.reduce((sum, { dataset: { at, n } }) => sum + (at >= low && at <= high ? Number(n) : 0), 0);
    this.mark.setAttribute("x", `${(100 * low) / this.slots}%`);
    this.mark.setAttribute("width", `${(100 * (high - low + 1)) / this.slots}%`);
    this.svg.prepend(this.mark);
    const span = low === high ? this.name(low) : `${this.name(low)} to ${this.name(high)}`;
    this.said.textContent = `${span}: ${count.toLocaleString("en")} ${this.unit}${count === 1 ? "" : "s"}`;
    this.marked = [low, high];
  }

  clear() {
    this.mark.remove();
    this.said.textContent = "";
    this.marked = null;
    this.from = -1;
  }

  ask() {
    const [low, high] = this.marked;
    remember(this.bars.find((bar) => Number(bar.dataset.at) >= low) ?? this.bars[0]);
    spanForm.elements.from.value = this.date(low);
    spanForm.elements.to.value = this.date(high);
    spanForm.submit();
  }

  key(event) {
    const at = this.bars.indexOf(document.activeElement);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.bars.length - 1 }[event.key];
    if (event.key === "Escape") this.clear();
    if (event.key === "Enter" && this.marked) {
      event.preventDefault();
      this.ask();
    }
    if (at < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const bar = this.bars[Math.min(Math.max(next, 0), this.bars.length - 1)];
    if (event.shiftKey && this.from < 0) this.from = Number(this.bars[at].dataset.at);
    const from = this.from;
    this.bars[at].tabIndex = -1;
    bar.tabIndex = 0;
    bar.focus();
    if (event.shiftKey) this.show(from, Number(bar.dataset.at));
    else this.clear();
  }

  slot(event) {
    const { left, width } = this.svg.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - left) / width) * this.slots);
    return Math.min(Math.max(slot, 0), this.filled - 1);
  }

  press(event) {
    if (event.button || !event.isPrimary) return;
    const start = this.slot(event);
    const ended = new AbortController();
    const { signal } = ended;
    const move = (moved) => {
      if (!this.marked && this.slot(moved) === start) return;
      this.svg.classList.add("dragged");
      this.show(start, this.slot(moved));
    };
    const end = (done) => {
      ended.abort();
      this.svg.classList.remove("dragged");
      if (!this.marked) return;
      // A click follows on whatever is under the pointer; it is not meant.
      addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      setTimeout(() => (done.type === "pointerup" ? this.ask() : this.clear()));
    };
    addEventListener("pointermove", move, { signal });
    addEventListener("pointerup", end, { signal });
    addEventListener("pointercancel", end, { signal });
  }
}

// Boxes: they look through what is on the page while something is typed; the button looks through everything.

const look = (input, items, said) => {
  const wanted = folded(input.value.trim());
  let shown = 0;
  // From the last to the first, so that what stands above others comes after them, and is shown with them.
  for (const item of [...items].reverse()) {
    const own = folded(item.querySelector(".pick > span").textContent).includes(wanted);
    const below = [...item.querySelectorAll(":scope > .values > li")].some((child) => !child.hidden);
    item.hidden = !own && !below;
    shown += own && !item.querySelector(".values") ? 1 : 0;
  }
  said.textContent = wanted ? `${shown} here; ${input.form.querySelector("button").textContent} looks through all.` : "";
};

for (const form of document.querySelectorAll("form.box, form.filter")) {
  const input = form.querySelector("input[name=contains]");
  const list = (form.closest(".facet") ?? document).querySelector(".values");
  if (!list) continue;
  const said = document.createElement("p");
  said.className = "none";
  said.setAttribute("role", "status");
  form.append(said);
  input.addEventListener("input", () => look(input, list.querySelectorAll("li"), said));
}

// Places: the link that was followed has the focus again on the next page, at the height where it was.

const PLACE = "pilcrow:place";

const nameOf = (link) => {
  if (link.matches(".bars a")) return [link.closest("svg").dataset.step, link.textContent.split(":")[0]].join("\n");
  const names = [];
  for (let item = link.closest("li"); item; item = item.parentElement.closest("li"))
    names.push(item.querySelector(".pick > span")?.textContent ?? link.textContent);
  return names.join("\n");
};

function remember(link) {
  const within = link.closest(".facet, .when");
  const place = { within: within.id, name: nameOf(link), top: link.getBoundingClientRect().top };
  sessionStorage.setItem(PLACE, JSON.stringify({ ...place, at: Date.now() }));
}

addEventListener("click", (event) => {
  const link = event.target.closest?.(".facet a, .bars a");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  remember(link);
  // The fragment leads those without a script to what was found; it would take the focus from the place.
  link.setAttribute("href", link.getAttribute("href").replace(/#found$/, ""));
});

const comeBack = () => {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  const within = place && Date.now() - place.at < 10000 && document.getElementById(place.within);
  if (!within) return;
  const links = within.querySelectorAll(".pick, .options a, .bars a");
  const link = [...links].find((each) => nameOf(each) === place.name);
  for (let each = within; each; each = each.parentElement.closest("details")) if (each.open === false) each.open = true;
  const there = link ?? within.querySelector("summary, a");
  there.focus({ preventScroll: true });
  scrollBy({ top: there.getBoundingClientRect().top - place.top, behavior: "instant" });
};

for (const svg of document.querySelectorAll(".bars")) new Chart(svg);
comeBack();
