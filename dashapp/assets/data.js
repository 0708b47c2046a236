/* Duplicates by keyboard: arrows go from pair to pair, G keeps the left record, D the right one, X leaves them apart. */
(() => {
  "use strict";
  const pairs = () => Array.from(document.querySelectorAll("#data-pairs > .data-pair"));

  function onKey(event) {
    const pair = event.target.closest ? event.target.closest(".data-pair") : null;
    if (!pair || event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = pairs();
    const at = all.indexOf(pair);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus();
      event.preventDefault();
      return;
    }
    const button = pair.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button) {
      button.click();
      event.preventDefault();
    }
  }

  /* Nothing else is asked while a decision is under way: its buttons and keys wait, and the page says so. */
  function busy(on) {
    const review = document.getElementById("data-review");
    const told = document.getElementById("data-deciding");
    if (!review) return;
    review.toggleAttribute("data-busy", on);
    review.setAttribute("aria-busy", String(on));
    if (told) told.textContent = on ? told.dataset.told : "";
  }

  /* Where the focus goes once the answer is there: the same place of the same list, its last one, or what was said. */
  let next = null;
  const LISTS = ["#data-pairs > .data-pair", ".data-merges button", ".data-apart button"];

  function remember(button) {
    const list = LISTS.find((name) => button.closest(name)) || LISTS[0];
    const found = button.closest(list);
    next = { list: list, at: found ? Array.from(document.querySelectorAll(list)).indexOf(found) : 0 };
  }

  function resume() {
    const review = document.getElementById("data-review");
    const held = document.activeElement;
    if (!next || !review) return;
    const all = Array.from(review.querySelectorAll(next.list));
    const goal = all[Math.min(next.at, all.length - 1)] || review.querySelector(".notice");
    next = null;
    if (!goal || (held && held !== document.body && !review.contains(held))) return;   // the reader went elsewhere meanwhile
    const fold = goal.closest("details");
    if (fold) fold.open = true;
    if (goal.matches(".notice")) goal.tabIndex = -1;
    goal.focus();
  }

  function onClick(event) {
    const button = event.target.closest ? event.target.closest("#data-review button") : null;
    if (!button) return;
    if (document.querySelector("#data-review[data-busy]")) {
      event.stopPropagation();
      event.preventDefault();
    } else {
      remember(button);
      setTimeout(() => busy(true), 0);
    }
  }

  /* Files too large for the screen never leave the browser: the page says which. */
  function onFiles(event) {
    const place = event.target.closest ? event.target.closest("#data-upload") : null;
    const told = document.getElementById("data-too-large");
    if (!place || !told) return;
    const files = Array.from((event.dataTransfer || event.target).files || []);
    const large = files.filter((file) => file.size > Number(told.dataset.most)).map((file) => file.name);
    told.textContent = large.length ? told.dataset.told.replace("{names}", () => large.join(", ")) : "";
  }

  /* The file field that dcc.Upload makes has no name of its own: it takes the words shown on it. */
  function nameUpload() {
    const field = document.querySelector("#data-upload input[type=file]:not([aria-label])");
    if (!field) return;
    const words = Array.from(document.querySelectorAll("#data-upload span, #data-upload small"), (part) => part.textContent);
    field.setAttribute("aria-label", words.join(". "));
  }
  new MutationObserver(nameUpload).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick, true);
  document.addEventListener("change", onFiles, true);
  document.addEventListener("drop", onFiles, true);
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    data: {
      keys() {
        busy(false);
        resume();
        return "";
      },
      /* What the form gives: the names of the files and what else decides how they are read, not the files themselves.
         Typing tells the server something only when there is a difference to take away. */
      given(contents, filename, modified, importer, options, mapping, source, job, before) {
        const now = Date.now();
        const none = window.dash_clientside.no_update;
        const last = before || { names: [], importer: importer, mapped: false };
        const files = window.dash_clientside.callback_context.triggered.some((item) => item.prop_id.startsWith("data-upload."));
        const names = filename || [];
        const mapped = Boolean((mapping || "").trim());
        const renamed = [...names].sort().join("\n") !== [...last.names].sort().join("\n");
        const confirm = document.getElementById("data-confirm");
        if (confirm) confirm.disabled = true;
        if (!files && !job && before && importer === last.importer && mapped === last.mapped) return [none, now];
        const others = renamed && last.names.length > 0;
        return [{ names, importer, mapped, files, renamed, others, at: now }, now];
      },
      show(children) {
        const place = document.getElementById("data-outcome");
        if (children && place) place.scrollIntoView({ block: "nearest", behavior: "auto" });
        return "";
      },
    },
  });
})();
