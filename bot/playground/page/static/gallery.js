// The gallery by words, by platform and by topic; all of that is in the address, so that it can be passed on.
"use strict";

const index = document.getElementById("index");
const tools = document.querySelector(".tools");
const field = tools.elements.q;
const found = document.getElementById("found");
const exhibits = [...document.querySelectorAll(".exhibit")];
const walls = [...document.querySelectorAll(".wall")];
const linkTo = new Map([...index.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
const NARROW = matchMedia("(max-width: 900px)");

// ---- Words: all of them must be in a message, in whatever order, or in the name of its part.

const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const words = new Map();
const wordsOf = (exhibit) => {
  if (!words.has(exhibit)) words.set(exhibit, folded(`${exhibit.parentElement.querySelector("h2").textContent} ${exhibit.textContent}`));
  return words.get(exhibit);
};

function filter() {
  const wanted = folded(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const exhibit of exhibits) {
    exhibit.hidden = !wanted.every((word) => wordsOf(exhibit).includes(word));
    linkTo.get(exhibit.id).parentElement.hidden = exhibit.hidden;
    count += exhibit.hidden ? 0 : 1;
  }
  for (const wall of walls) {
    const shown = [...wall.querySelectorAll(".exhibit")].filter((one) => !one.hidden).length;
    const link = linkTo.get(wall.id);
    wall.hidden = link.parentElement.hidden = shown === 0;
    link.querySelector(".many").textContent = shown;
    link.parentElement.classList.toggle("open", wanted.length > 0);
  }
  document.getElementById("none").hidden = count > 0;
  found.textContent = wanted.length ? `${count} of ${exhibits.length} messages` : `${exhibits.length} messages`;
  setOff(wanted);
  look();
}

function setOff(wanted) {
  if (!window.Highlight) return;
  const ranges = [];
  for (const exhibit of wanted.length ? exhibits.filter((one) => !one.hidden) : []) {
    const texts = document.createTreeWalker(exhibit, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) ranges.push(...places(texts.currentNode, wanted));
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

function* places(node, wanted) {
  const text = node.data.toLowerCase();
  for (const word of wanted) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + word.length, node.length));
      yield range;
    }
  }
}

// ---- Where one is: the topic that is read is open in the index, with the message that is on top.

let looking = false;

function look() {
  if (looking) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    const line = tools.getBoundingClientRect().bottom + 60;
    const isBefore = walls[0].getBoundingClientRect().top > line;
    mark(isBefore ? undefined : exhibits.find((one) => !one.hidden && one.getBoundingClientRect().bottom > line));
  });
}

function mark(here) {
  const link = here && linkTo.get(here.id);
  const old = index.querySelector("[aria-current]");
  if (old === (link || null)) return;
  if (old) old.removeAttribute("aria-current");
  for (const wall of walls) {
    linkTo.get(wall.id).parentElement.classList.toggle("open", field.value.trim() !== "" || wall === here?.parentElement);
  }
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const [top, bottom] = [link.offsetTop - 60, link.offsetTop + link.offsetHeight + 60];
  if (top < index.scrollTop) index.scrollTop = top;
  else if (bottom > index.scrollTop + index.clientHeight) index.scrollTop = bottom - index.clientHeight;
}

// ---- The address.

function noted() {
  const query = new URLSearchParams();
  if (field.value.trim()) query.set("q", field.value.trim());
  if (tools.elements.in.value !== usual()) query.set("in", tools.elements.in.value);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
}

// Side by side where there is room for two.
const usual = () => (NARROW.matches ? "slack" : "both");

function asAddressed() {
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") || "";
  const wanted = tools.querySelector(`input[value="${CSS.escape(query.get("in") || usual())}"]`);
  if (wanted) wanted.checked = true;
}

// A message stays where it is seen while what is above it grows or goes.
function keepingPlace(act) {
  const here = exhibits.find((one) => !one.hidden && one.getBoundingClientRect().bottom > tools.offsetHeight + 10);
  const before = here?.getBoundingClientRect().top;
  act();
  if (here && before < innerHeight) scrollBy({ top: here.getBoundingClientRect().top - before, behavior: "instant" });
}

// ---- What is pressed.

const topics = tools.querySelector(".topics");

function showIndex(shown) {
  document.body.classList.toggle("show-index", shown);
  topics.setAttribute("aria-expanded", String(shown));
  if (shown) index.querySelector("a").focus();
}

tools.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", () => {
  filter();
  noted();
  if (tools.getBoundingClientRect().top <= 0) scrollTo({ top: tools.parentElement.offsetTop + tools.previousElementSibling.offsetHeight, behavior: "instant" });
});
for (const one of tools.elements.in) {
  one.addEventListener("change", () => {
    keepingPlace(noted);
    look();
  });
}
topics.addEventListener("click", () => showIndex(!document.body.classList.contains("show-index")));
document.getElementById("all-again").addEventListener("click", () => {
  field.value = "";
  filter();
  noted();
  field.focus();
});
index.addEventListener("click", (event) => event.target.closest("a") && showIndex(false));
addEventListener("click", (event) => {
  if (!event.target.closest("#index, .topics")) document.body.classList.remove("show-index");
});
addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input:not([type=radio]), textarea, select");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  } else if (event.key === "Escape" && document.body.classList.contains("show-index")) {
    showIndex(false);
    topics.focus();
  }
});
addEventListener("scroll", look, { passive: true });

for (const one of tools.querySelectorAll("[hidden]")) one.hidden = false;
index.classList.add("folds");
asAddressed();
filter();
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ behavior: "instant" });
