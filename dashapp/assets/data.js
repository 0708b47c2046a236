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
      window.sessionStorage.setItem("data-next", String(at));
      button.click();
      event.preventDefault();
    }
  }

  /* Nothing else is asked while a decision is under way: its buttons and keys wait, and the page says so. */
  function busy(on) {
    const review = document.getElementById("data-review");
    if (!review) return;
    review.toggleAttribute("data-busy", on);
    review.setAttribute("aria-busy", String(on));
  }

  function onClick(event) {
    const button = event.target.closest ? event.target.closest("#data-review button") : null;
    if (!button) return;
    if (document.querySelector("#data-review[data-busy]")) {
      event.stopPropagation();
      event.preventDefault();
    } else {
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
    if (field) field.setAttribute("aria-label", document.getElementById("data-upload").textContent);
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
        const at = window.sessionStorage.getItem("data-next");
        if (at !== null) {
          window.sessionStorage.removeItem("data-next");
          const all = pairs();
          const next = all[Math.min(Number(at), all.length - 1)];
          if (next) next.focus();
        }
        return "";
      },
      show(children) {
        const place = document.getElementById("data-outcome");
        if (children && place) place.scrollIntoView({ block: "nearest", behavior: "auto" });
        return "";
      },
    },
  });
})();
