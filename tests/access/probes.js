// Questions that the tests ask of a page as it stands in the browser. Nothing here changes what it shows, except
// begin(), unfold() and style(), which say so.
"use strict";

globalThis.probes = (() => {
  // How a failing test names an element: short, and enough to find it.
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);

  const self = function* (element) {
    for (let each = element; each; each = each.parentElement) yield each;
  };
  const some = (element, test) => self(element).some((each) => test(getComputedStyle(each), each));

  // Text for screen readers only, and a link that shows itself when it is reached, are clipped away to nothing.
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !some(element, ({ clipPath }) => clipPath === "inset(50%)");

  // ---- Colours -------------------------------------------------------------------------------------------------

  const rgba = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  // The opaque colour on which an element is painted, from the styles of its ancestors; null behind a picture.
  const ground = (element) => {
    for (const each of self(element)) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      const colour = rgba(style.backgroundColor);
      if (colour.a === 1) return colour;
      if (colour.a > 0) return null;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  // The contrast of an element's text with its ground as the styles say it, 0 where they do not.
  const contrast = (element) => {
    const back = ground(element);
    const ink = rgba(getComputedStyle(element).color);
    return back && ink.a === 1 ? ratio(ink, back) : 0;
  };

  // ---- axe -----------------------------------------------------------------------------------------------------

  // What axe cannot decide and we can. A contrast that it cannot measure, because a sign is short or something floats
  // above, is worked out from the styles: 4.5 is enough for text of any size. And of a label with a sign, an arrow or a
  // minus, it is the letters that its name must have.
  const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const settled = (rule, element) =>
    (rule === "color-contrast" && contrast(element) >= 4.5) ||
    (rule === "label-content-name-mismatch" && letters(element.ariaLabel ?? "").includes(letters(element.innerText)));

  // What axe finds, and what neither can decide.
  const violations = async (tags, within) => {
    const found = await axe.run(within, {
      runOnly: { type: "tag", values: tags },
      rules: { "target-size": { enabled: true } },
      resultTypes: ["violations", "incomplete"],
      elementRef: true,
    });
    const told = [];
    for (const kind of ["violations", "incomplete"]) {
      for (const { id, impact, nodes } of found[kind]) {
        for (const node of nodes) {
          if (kind === "incomplete" && settled(id, node.element)) continue;
          told.push({ kind, rule: id, impact, element: name(node.element), says: node.failureSummary, at: node.element });
        }
      }
    }
    return told;
  };
  const axeFindings = async (tags, explained, within = document) =>
    (await violations(tags, within))
      .filter(({ kind, rule, at }) => kind === "violations" || !explained.some(([of, where]) => of === rule && at.matches(where)))
      .map(({ at, ...rest }) => rest);

  // Opens all that is folded, but for what would then lie over the page.
  const unfold = () => {
    const folded = [...document.querySelectorAll("details:not([open], .asking)")];
    for (const each of folded) each.open = true;
    return folded.length;
  };

  // ---- The keyboard --------------------------------------------------------------------------------------------

  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const scrolls = (element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const moves = (how) => how === "auto" || how === "scroll";
    return (
      (moves(overflowX) && element.scrollWidth > element.clientWidth) ||
      (moves(overflowY) && element.scrollHeight > element.clientHeight)
    );
  };
  // All that the Tab key must reach, in the order of the document; what scrolls and holds nothing to reach is a stop too.
  const stops = () =>
    [...document.body.querySelectorAll("*")].filter((element) => {
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      if (element.matches(CONTROLS)) {
        if (element.matches("summary") && element.parentElement.querySelector("summary") !== element) return false;
        return element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]");
      }
      return scrolls(element) && !element.querySelector(CONTROLS);
    });
  // Puts the keyboard before everything: the page may have put it into a field.
  const begin = () => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  };
  let expected = [];
  const expectStops = () => {
    expected = stops();
    return expected.map(name);
  };
  // The place of the focused element among the stops (-1: none of them), and what is wrong with how it is shown.
  const focus = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { place: null, wrong: [] };
    const wrong = [];
    const style = getComputedStyle(element);
    const width = parseFloat(style.outlineWidth);
    if (style.outlineStyle === "none" || width < 2) wrong.push("no outline of two pixels");
    else {
      const behind = ground(element.parentElement ?? element);
      if (!behind || ratio(rgba(style.outlineColor), behind) < 3) wrong.push("an outline that its ground swallows");
    }
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) wrong.push("cannot be seen");
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const inside = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
    if (!boxes.length) wrong.push("has no size");
    else if (!inside.length) wrong.push("is outside of the window");
    else if (!inside.some((box) => uncovered(element, box))) wrong.push("is covered");
    return { place: expected.indexOf(element), wrong, element: name(element) };
  };
  // Whether something of an element shows in its box: a corner or the middle is its own.
  const uncovered = (element, box) => {
    const [left, right] = [Math.max(box.left, 0) + 1, Math.min(box.right, innerWidth) - 1];
    const [top, bottom] = [Math.max(box.top, 0) + 1, Math.min(box.bottom, innerHeight) - 1];
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left, top],
      [right, top],
      [left, bottom],
      [right, bottom],
    ];
    return points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there && (element.contains(there) || there.contains(element));
    });
  };

  // ---- Room ----------------------------------------------------------------------------------------------------

  // A region that scrolls, can be reached and has a name may be wider than the window.
  const region = (element) => {
    for (const each of self(element)) {
      if (each === document.body) return null;
      if (scrolls(each) && each.tabIndex >= 0 && (each.ariaLabel || each.getAttribute("aria-labelledby"))) return each;
    }
    return null;
  };
  // The boxes of all text that is shown, a box a line; without what may be cut, whose boxes are longer than what shows.
  const lines = (mayBeCut) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !shown(element) || element.closest(`.skip, svg, option, ${mayBeCut}`)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) found.push({ node, element, box });
      }
    }
    return found;
  };
  const scrollsSideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const outside = (mayBeCut) =>
    lines(mayBeCut)
      .filter(({ element, box }) => (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5) && !region(element))
      .map(({ node, element }) => `${node.data.trim().slice(0, 60)} in ${name(element)}`);
  // Elements that hide a part of their own text.
  const cut = (mayBeCut) =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => {
        if (!shown(element) || element.matches(mayBeCut) || element.closest("svg")) return false;
        const style = getComputedStyle(element);
        const hides = (how) => how === "hidden" || how === "clip";
        return (
          element.textContent.trim() &&
          ((hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
            (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1))
        );
      })
      .map(name);
  // Pairs of texts of which one lies on the other. A line's box is higher than its letters, so that only its middle
  // counts. What is stuck to the window's edge, or opens above the rest on a ground of its own, floats there on purpose.
  const overlapping = (mayBeCut) => {
    const floats = ({ position, backgroundColor }) =>
      position === "sticky" || position === "fixed" || (position === "absolute" && rgba(backgroundColor).a === 1);
    const boxes = lines(mayBeCut)
      .filter(({ element }) => !some(element, floats) && !region(element))
      .map(({ node, box }) => ({
        node,
        left: box.left + 1,
        right: box.right - 1,
        top: box.top + box.height * 0.25,
        bottom: box.bottom - box.height * 0.25,
      }))
      .sort((a, b) => a.top - b.top);
    const found = [];
    boxes.forEach((one, index) => {
      for (let next = index + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
        const other = boxes[next];
        if (other.node !== one.node && other.left < one.right && other.right > one.left) {
          found.push(`${one.node.data.trim().slice(0, 60)} / ${other.node.data.trim().slice(0, 60)}`);
        }
      }
    });
    return found;
  };

  // ---- The reader's wishes -------------------------------------------------------------------------------------

  // Adds a style sheet of the reader's own.
  const style = (rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const misfits = (mayBeCut) => ({
    "scrolls sideways by": scrollsSideways(),
    outside: outside(mayBeCut),
    cut: cut(mayBeCut),
    overlapping: overlapping(mayBeCut),
  });
  const moving = () =>
    [document.documentElement, ...document.body.querySelectorAll("*")]
      .filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
      })
      .map(name);

  return { axeFindings, begin, expectStops, focus, misfits, moving, style, unfold };
})();
