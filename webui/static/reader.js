// A document's page while it is read: the outline and the address follow, keys lead on, a note is shown at its sign.
// The page is complete without this. Nothing here adds to the history: the one entry of the page keeps its place.
"use strict";
{
const text = document.querySelector(".text");
const blocks = [...text.children];
const paragraphs = blocks.filter((block) => block.matches(".para"));
const hits = paragraphs.filter((block) => block.matches(".match"));
const order = new Map(blocks.map((block, at) => [block, at]));
const before = (one, other) => order.get(one) < order.get(other);

const made = (name, properties, parent) => {
  const element = Object.assign(document.createElement(name), properties);
  if (parent) parent.append(element);
  return element;
};
const said = made("p", { className: "vh" }, text.parentElement.parentElement);
said.setAttribute("role", "status");

// --- Where the reader is -----------------------------------------------------------------------------------------

// The line that is read is a quarter down the window, just below where links land (see the style sheet); towards the end of the page it sinks, so
// that the last paragraphs are reached. Only blocks in sight are looked at.
const inSight = new Set();
const lineOf = () => {
  const height = innerHeight, left = document.documentElement.scrollHeight - height - scrollY;
  const sunk = scrollY > height ? Math.max(0, 1 - left / height) : 0;
  const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const landing = height * 0.25 + padding + 8;
  return landing + (height * 0.96 - landing) * sunk;
};
const atLine = () => {
  const line = lineOf();
  let here = null;
  for (const block of [...inSight].sort((one, other) => order.get(one) - order.get(other))) {
    if (block.getBoundingClientRect().top > line) return here || blocks[order.get(block) - 1] || null;
    here = block;
  }
  return here;
};

const nav = document.querySelector(".outline nav");
const entries = new Map(nav ? [...nav.querySelectorAll("a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]) : []);
const entryOf = new Map();
let latest = null;
for (const block of blocks) {
  latest = entries.get(block.id) || latest;
  entryOf.set(block, latest);
}

const outline = document.querySelector(".outline");
const now = outline.querySelector(".now");
const file = outline.querySelector(".ways .file");
const whole = file && { href: file.getAttribute("href"), label: file.textContent };
outline.classList.add("follows");

const box = document.getElementById("q");
let here = null, entry = null, pinned = null, waiting = 0, landed = false;
let goal = null; // what is gone to, until all around it is set
let left = null; // the place of one who went up to the search box, to which Esc leads back

const mark = (block) => {
  if (block === here) return;
  here = block;
  const found = block ? entryOf.get(block) : null;
  if (found !== entry) {
    if (entry) entry.removeAttribute("aria-current");
    if (found) found.setAttribute("aria-current", "location");
    entry = found;
    now.textContent = found ? "· " + found.firstElementChild.textContent : "";
    show();
  }
  if (file) {
    const page = block && block.querySelector(".page a");
    file.href = page ? page.getAttribute("href") : whole.href;
    file.textContent = page ? `${whole.label} at ${page.textContent}` : whole.label;
  }
};
// The entry comes into sight within the outline; the page itself never moves for it, nor does the outline while the
// keyboard goes through it.
const show = () => {
  if (!entry || nav.contains(document.activeElement)) return;
  const top = entry.offsetTop, bottom = top + entry.offsetHeight;
  if (top < nav.scrollTop || bottom > nav.scrollTop + nav.clientHeight) nav.scrollTop = top - nav.clientHeight / 3;
};

// --- The address follows ------------------------------------------------------------------------------------------

const place = () => ({ at: here ? here.id : "", top: here ? here.getBoundingClientRect().top : -scrollY });
const save = () => {
  clearTimeout(waiting);
  waiting = 0;
  const address = here ? "#" + encodeURIComponent(here.id) : location.pathname + location.search;
  history.replaceState(place(), "", address);
};
const follow = () => {
  if (!landed || left || goal) return;
  const drift = pinned ? Math.abs(pinned.block.getBoundingClientRect().top - pinned.top) : 0;
  if (drift > (moved ? 8 : innerHeight / 2)) pinned = null;
  mark(pinned ? pinned.block : atLine());
  clearTimeout(waiting);
  waiting = setTimeout(save, 250);
};
let asked = false;
const soon = () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; follow(); });
};
// A page that is set further drifts by itself; what is gone to is left only by those who scroll.
let moved = false;
const scrolling = () => { moved = true; };
for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, scrolling, { passive: true, capture: true });
addEventListener("pointerdown", (event) => { if (event.target === document.documentElement) scrolling(); });
const pin = (block) => {
  moved = false;
  pinned = block && { block, top: block.getBoundingClientRect().top };
  soon();
};

const seen = new IntersectionObserver((changes) => {
  for (const each of changes) inSight[each.isIntersecting ? "add" : "delete"](each.target);
  soon();
});
for (const block of blocks) seen.observe(block);
addEventListener("scroll", soon, { passive: true });
addEventListener("pagehide", () => { if (waiting) save(); });

const named = (hash) => {
  try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; }
};
const target = () => {
  const found = named(location.hash);
  return found && found.closest(".text > *");
};
addEventListener("hashchange", () => requestAnimationFrame(() => pin(target())));

// Paragraphs that were not set yet had a guessed height, so a browser's own memory of pixels would miss the place.
history.scrollRestoration = "manual";
const restore = ({ at, top }) => {
  const block = at && document.getElementById(at);
  if (block) scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
  else if (!at) scrollTo({ top: -top, behavior: "instant" });
};
const settle = (turn, done) => { // heights settle as what is near is set
  let turns = 4;
  const again = () => {
    turn();
    if (--turns) requestAnimationFrame(again);
    else done();
  };
  again();
};
const kept = history.state;
const kind = performance.getEntriesByType("navigation")[0];
const again = kept && "top" in kept && kind && kind.type !== "navigate";
const landing = named(location.hash);
mark(again ? document.getElementById(kept.at) : target());
settle(
  () => {
    if (again) restore(kept);
    else if (here) landing.scrollIntoView({ block: "start", behavior: "instant" });
  },
  () => {
    landed = true;
    if (again || !here) soon();
    else pin(here);
  },
);

// --- Going on -----------------------------------------------------------------------------------------------------

const go = (block, words) => {
  if (!block) return;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  location.replace("#" + encodeURIComponent(block.id)); // lands there and is marked there, and is no new entry
  said.textContent = words;
  mark(block);
  goal = block;
  settle(
    () => { if (goal === block) block.scrollIntoView({ block: "start", behavior: "instant" }); },
    () => {
      if (goal !== block) return; // one more step was taken meanwhile
      goal = null;
      pin(block);
    },
  );
};
const last = (list, test) => list.filter(test).pop();
const first = (list, test) => list.find(test);
const step = (list, on) => {
  if (on) return first(list, (each) => !here || before(here, each));
  return last(list, (each) => here && before(each, here));
};
const toHit = (on) => {
  const hit = step(hits, on);
  if (hit) go(hit, `Hit ${hits.indexOf(hit) + 1} of ${hits.length}`);
  else said.textContent = hits.length ? `No ${on ? "further" : "earlier"} hit` : "There are no hits on this page";
};
const toParagraph = (on) => {
  const begun = here && here.matches(".para") && here.getBoundingClientRect().top < innerHeight * 0.2 - 40;
  go(!on && begun ? here : step(paragraphs, on), "");
};

const bar = document.querySelector(".hits-bar");
if (bar && hits.length) {
  bar.classList.add("walks");
  for (const [name, on] of [["Previous hit", false], ["Next hit", true]]) {
    const button = made("button", { type: "button", onclick: () => toHit(on), ariaLabel: name }, bar);
    button.append(on ? "" : "← ", made("span", { textContent: name }), on ? " →" : "");
  }
}

// Without room beside the text the outline lies over it while it is open.
outline.addEventListener("toggle", show);
const beside = matchMedia("(min-width: 60rem)");
if (nav) nav.addEventListener("click", (event) => {
  if (event.target.closest("a") && !beside.matches) outline.open = false;
});

// --- Keys ---------------------------------------------------------------------------------------------------------

const dialog = document.getElementById("keys");
const acting = document.getElementById("keys-on");
const SWITCH = "pilcrow-keys";
try { acting.checked = localStorage.getItem(SWITCH) !== "off"; } catch { /* nothing may be kept: keys act */ }
acting.addEventListener("change", () => {
  try { localStorage.setItem(SWITCH, acting.checked ? "on" : "off"); } catch { /* it holds for this page */ }
});
dialog.querySelector("button").addEventListener("click", () => dialog.close());
const opener = made("button", { type: "button", textContent: "Keys", onclick: () => dialog.showModal() });
opener.setAttribute("aria-haspopup", "dialog");
document.querySelector(".ways").append(opener);

const act = {
  j: () => toParagraph(true),
  k: () => toParagraph(false),
  n: () => toHit(true),
  p: () => toHit(false),
  "/": () => {
    if (waiting) save();
    left = place();
    box.focus();
    box.select();
  },
  "?": () => dialog.showModal(),
};
box.addEventListener("blur", () => { left = null; });
box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !left || event.defaultPrevented) return;
  const back = left;
  event.preventDefault();
  box.blur();
  settle(() => restore(back), soon);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return hide();
  if (!acting.checked || dialog.open || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(act, event.key)) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select") || event.target.isContentEditable) return;
  event.preventDefault();
  act[event.key]();
});

// --- Notes --------------------------------------------------------------------------------------------------------

// A note that is in sight lights up; any other is shown at its sign, and stays while the pointer is on it.
let shown = null, lit = null, leaving = 0;
const hide = () => {
  clearTimeout(leaving);
  if (shown) {
    shown.sign.removeAttribute("aria-describedby");
    shown.slip.remove();
  }
  if (lit) lit.classList.remove("lit");
  shown = lit = null;
};
const later = () => {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
};
const light = (sign) => {
  if (shown && shown.sign === sign) return clearTimeout(leaving);
  hide();
  const note = named(sign.hash);
  if (!note) return;
  const { top, bottom } = note.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight - (bar ? bar.offsetHeight : 0)) {
    lit = note;
    note.classList.add("lit");
    return;
  }
  const slip = made("div", { className: "note-shown", id: "note-shown", popover: "manual" }, said.parentElement);
  const { lang, dir } = sign.closest(".para");
  if (lang) Object.assign(slip, { lang, dir });
  slip.setAttribute("role", "tooltip");
  slip.append(...note.lastElementChild.cloneNode(true).childNodes);
  if (slip.showPopover) slip.showPopover();
  const near = sign.getBoundingClientRect(), size = slip.getBoundingClientRect();
  const under = near.bottom + 8 + size.height < innerHeight || near.top < size.height + 16;
  const room = document.documentElement.clientWidth - size.width - 12;
  slip.style.left = `${scrollX + Math.max(12, Math.min(near.left - 24, room))}px`;
  slip.style.top = `${scrollY + (under ? near.bottom + 6 : near.top - size.height - 6)}px`;
  sign.setAttribute("aria-describedby", slip.id);
  shown = { sign, slip };
  slip.addEventListener("pointerenter", () => clearTimeout(leaving));
  slip.addEventListener("pointerleave", later);
};
const signOf = (event) => event.target.closest && event.target.closest(".own sup a");
text.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse" && signOf(event)) light(signOf(event)); });
text.addEventListener("pointerout", (event) => { if (event.pointerType === "mouse" && signOf(event)) later(); });
text.addEventListener("focusin", (event) => { if (signOf(event)) light(signOf(event)); });
text.addEventListener("focusout", (event) => { if (signOf(event)) later(); });
}
