// Keys of the queue, selecting words to code by hand, the switch of dark and light, and maps where a page has one.

const said = document.getElementById("said");

function say(words) {
  if (said) said.textContent = words;
}

// --- dark and light
const switcher = document.querySelector("[data-theme-switch]");
if (switcher) {
  switcher.hidden = false;
  switcher.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("tallybook-theme", root.dataset.theme); } catch { /* it holds for this page */ }
  });
}

// --- one key for each answer
const typing = (target) => target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target)) return;
  const key = event.key.toLowerCase();
  const found = [...document.querySelectorAll("[data-key], [data-focus]")]
    .find((e) => (e.dataset.key ?? e.dataset.focus) === key);
  if (!found) return;
  event.preventDefault();
  if (found.dataset.focus) { found.focus(); return; }
  const form = found.closest("form");
  const name = form && [...form.elements].find((e) => e.name === "author" && e.type !== "hidden");
  if (name && !name.value) { name.focus(); say("Type your name first: every judgement has an author."); return; }
  found.click();
});

// --- a request that takes longer than a moment says what it does
let waiting;
document.addEventListener("htmx:before:request", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => say("Working on it …"), 100);
});
document.addEventListener("htmx:after:request", () => { clearTimeout(waiting); say(""); });
document.addEventListener("htmx:error", () => say("The workbench did not answer. Is it still running?"));
document.addEventListener("htmx:after:swap", () => {
  drawMaps();
  const question = document.querySelector(".question h2");
  if (question) { question.tabIndex = -1; question.focus({ preventScroll: true }); }
});
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-stay]")) event.preventDefault();
});

// --- words of a report, as characters of its text
const text = document.getElementById("text");
const codePoints = (words) => Array.from(words).length;

function offsetOf(node, at) {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest("[data-start]");
  if (!piece || !text.contains(piece)) return null;
  const range = document.createRange();
  range.setStart(piece, 0);
  range.setEnd(node, at);
  return Number(piece.dataset.start) + codePoints(range.toString());
}

if (text) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    document.getElementById("coding").open = true;
    document.getElementById("coding-words").value = `${start}..${end}`;
    document.getElementById("coding-quote").value = range.toString();
  });
  document.getElementById("coding-quote").addEventListener("input", () => {
    document.getElementById("coding-words").value = "";
  });
  text.addEventListener("click", (event) => {
    const mark = event.target instanceof Element && event.target.closest("[data-claims]");
    const selection = document.getSelection();
    if (!mark || (selection && !selection.isCollapsed)) return;
    document.getElementById(`claim-${mark.dataset.claims.split(" ")[0]}`)?.scrollIntoView({ block: "nearest" });
  });
}

// --- maps, only where there is one
function drawMaps() {
  if (document.querySelector("[data-map]:not([data-begun])")) import("./map.js").then((module) => module.drawAll());
}
drawMaps();
