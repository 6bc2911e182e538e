// The buttons above the text, their shortcuts, and the dialogs for a link and for help. A button's `data-action` names
// what it does, its `data-keys` the keys that do the same, Mod being Ctrl or the Mac's Cmd.

/* global EasyMDE */

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const NAMES = isMac
  ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" }
  : { Mod: "Ctrl" };

/** What is done to the text, by the buttons' names. */
function textActions({ codemirror, easymde, root }) {
  const textarea = codemirror.getTextArea();
  return {
    bold: () => EasyMDE.toggleBold(easymde),
    italic: () => EasyMDE.toggleItalic(easymde),
    strikethrough: () => EasyMDE.toggleStrikethrough(easymde),
    "heading-2": () => EasyMDE.toggleHeading2(easymde),
    "heading-3": () => EasyMDE.toggleHeading3(easymde),
    "heading-4": () => EasyMDE.toggleHeading4(easymde),
    "unordered-list": () => EasyMDE.toggleUnorderedList(easymde),
    "ordered-list": () => EasyMDE.toggleOrderedList(easymde),
    quote: () => EasyMDE.toggleBlockquote(easymde),
    code: () => EasyMDE.toggleCodeBlock(easymde),
    table: () => insertBlock(codemirror, "| A | B |\n| --- | --- |\n|  |  |"),
    footnote: () => insertFootnote(codemirror),
    image: () => textarea.dispatchEvent(new CustomEvent("editor:image", { bubbles: true })),
    undo: () => codemirror.undo(),
    redo: () => codemirror.redo(),
    "full-screen": () => toggleFullScreen(root, codemirror),
  };
}

/** The text between blank lines, below the line of the cursor where that holds something. */
function insertBlock(codemirror, text) {
  const { line } = codemirror.getCursor("to");
  const above = codemirror.getLine(line);
  const below = codemirror.getLine(line + 1);
  codemirror.replaceRange(`${above ? "\n\n" : ""}${text}${below ? "\n" : ""}\n`, { line, ch: above.length });
  codemirror.focus();
}

/** A mark at the cursor with the next free number, and at the text's end the line for what it says. */
function insertFootnote(codemirror) {
  const numbers = [...codemirror.getValue().matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...numbers) + 1;
  codemirror.operation(() => {
    codemirror.replaceRange(`[^${number}]`, codemirror.getCursor("to"));
    const last = codemirror.lastLine();
    const end = { line: last, ch: codemirror.getLine(last).length };
    const follows = /^\[\^\d+\]:/.test(codemirror.getLine(last));
    codemirror.replaceRange(`${follows ? "\n" : "\n\n"}[^${number}]: `, end);
    codemirror.setCursor(codemirror.lineCount(), 0);
    codemirror.execCommand("goDocEnd");
  });
  codemirror.focus();
}

/** The editor over the whole window, and back; who moves on to another part of the page leaves it too. */
function toggleFullScreen(root, codemirror, on = !root.classList.contains("writing-full")) {
  root.classList.toggle("writing-full", on);
  document.documentElement.classList.toggle("has-writing-full", on);
  root.querySelector("[data-action=full-screen]").setAttribute("aria-pressed", String(on));
  codemirror.refresh();
}

function leaveFullScreen(root, codemirror) {
  const leave = () => {
    if (root.classList.contains("writing-full")) toggleFullScreen(root, codemirror, false);
  };
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !document.querySelector("dialog[open]")) leave();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!root.contains(target) && !target.closest("dialog")) leave();
  });
}

/** Asks for a link's text and address, and puts it in the place of the selection. */
function linkDialog(dialog, codemirror) {
  const { text, address } = dialog.querySelector("form").elements;
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "insert") {
      const written = address.value.trim().replace(/[\s<>]/g, encodeURIComponent).replace(/[()]/g, "\\$&");
      codemirror.replaceSelection(`[${text.value.trim().replace(/[[\]]/g, "\\$&")}](${written})`);
      codemirror.focus();
    }
  });
  return () => {
    const chosen = codemirror.getSelection();
    const isAddress = /^(https?:|mailto:|\/)\S+$/.test(chosen);
    text.value = isAddress ? "" : chosen;
    address.value = isAddress ? chosen : "";
    dialog.returnValue = "";
    dialog.showModal();
    (text.value ? address : text).focus();
  };
}

/** The keys as people read them. */
function shown(keys) {
  const names = keys.split("-").map((name) => NAMES[name] ?? name);
  return names.map((name) => {
    const key = document.createElement("kbd");
    key.textContent = name;
    return key;
  });
}

/** Lists the buttons that have keys, before what the page lists itself. */
function helpDialog(dialog, root) {
  const list = dialog.querySelector(".writing-keys");
  for (const button of root.querySelectorAll("button[data-keys]")) {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    const keys = document.createElement("dd");
    name.textContent = button.getAttribute("aria-label");
    keys.dataset.keys = button.dataset.keys;
    row.append(name, keys);
    list.append(row);
  }
  list.querySelectorAll("[data-keys]").forEach((keys) => keys.replaceChildren(...shown(keys.dataset.keys)));
  return () => dialog.showModal();
}

/** Each button's keys do what it does: those of the text in the text, function keys anywhere on the page. */
function bindKeys(buttons, codemirror) {
  const bound = {};
  for (const button of buttons.filter((each) => each.dataset.keys)) {
    const keys = button.dataset.keys.replace("Mod", isMac ? "Cmd" : "Ctrl");
    if (!/^F\d+$/.test(keys)) bound[keys] = () => button.click();
  }
  codemirror.addKeyMap(codemirror.constructor.normalizeKeyMap(bound));
  // AltGr, which is Ctrl and Alt to a program, writes letters.
  codemirror.on("keydown", (_, event) => {
    if (event.getModifierState("AltGraph")) event.codemirrorIgnore = true;
  });
  document.addEventListener("keydown", (event) => {
    const button = buttons.find((each) => each.dataset.keys === event.key);
    if (!button || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    button.click();
  });
}

/** Ctrl-S is the button that saves a draft, wherever one writes in the form. */
function saveByKey(form) {
  document.addEventListener("keydown", (event) => {
    const isSave = event.key.toLowerCase() === "s" && (isMac ? event.metaKey : event.ctrlKey);
    if (!isSave || event.altKey || event.shiftKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const save = form.querySelector(".submit-row [name=intent][value=save]");
    if (save) form.requestSubmit(save);
  });
}

/** The mouse leaves the focus where it is, so that a dialog gives it back to whoever writes. */
function leaveFocus(toolbar) {
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());
}

/** One stop for Tab; arrows, Home and End go from button to button. */
function rove(toolbar, buttons) {
  const stop = (button) => buttons.forEach((each) => { each.tabIndex = each === button ? 0 : -1; });
  stop(buttons[0]);
  toolbar.addEventListener("focusin", ({ target }) => stop(target));
  toolbar.addEventListener("keydown", (event) => {
    const seen = buttons.filter((each) => !each.hidden);
    const at = seen.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    seen.at(next % seen.length).focus();
  });
}

/** The buttons show what the text at the cursor is. */
function showState(buttons, { codemirror, easymde }) {
  const ofText = buttons.filter((each) => each.hasAttribute("aria-pressed") && !each.dataset.keys.startsWith("F"));
  codemirror.on("cursorActivity", () => {
    const state = easymde.getState();
    ofText.forEach((each) => each.setAttribute("aria-pressed", String(Boolean(state[each.dataset.action]))));
  });
}

document.addEventListener("editor:ready", ({ detail }) => {
  const { codemirror, root, actions } = detail;
  const toolbar = root.querySelector("[role=toolbar]");
  const buttons = [...toolbar.querySelectorAll("[data-action]")];
  document.body.append(root.querySelector("template").content.cloneNode(true));
  const dialog = (name) => document.querySelector(`[data-dialog=${name}]`);
  Object.assign(actions, textActions(detail), {
    link: linkDialog(dialog("link"), codemirror),
    help: helpDialog(dialog("help"), root),
  });
  for (const button of buttons) {
    const keys = button.dataset.keys;
    if (keys) button.title += ` (${shown(keys).map((key) => key.textContent).join(isMac ? "" : "+")})`;
    button.addEventListener("click", () => actions[button.dataset.action]());
  }
  bindKeys(buttons, codemirror);
  leaveFullScreen(root, codemirror);
  leaveFocus(toolbar);
  rove(toolbar, buttons);
  showState(buttons, detail);
  saveByKey(codemirror.getTextArea().form);
  toolbar.hidden = false;
});
