/* The frame's hands in the browser: goes from address to address without reloading, keeps title, language and focus in step.
   The address is the truth; the server draws what it says. */
(function () {
  "use strict";

  let here = window.location.pathname + window.location.search;   // what the server drew last, or is drawing
  let focus = null;                                               // where the focus goes once it is drawn
  const SCOPE = ["programme", "date", "lang"];

  function same(first, second) {
    const one = new URL(first, window.location.origin), two = new URL(second, window.location.origin);
    return one.pathname === two.pathname && SCOPE.every(function (key) { return one.searchParams.get(key) === two.searchParams.get(key); });
  }

  function show(address) {
    here = address;
    const url = new URL(address, window.location.origin);
    document.documentElement.setAttribute("data-busy", "");
    window.dash_clientside.set_props("shell-address", { data: { path: url.pathname, search: url.search, at: Date.now() } });
  }

  function go(address, then) {
    focus = then || "h1";
    if (address !== window.location.pathname + window.location.search) window.history.pushState(null, "", address);
    show(address);
  }

  /* The current address with some keys changed: pages may have written to it since it was drawn. */
  function changed(keys) {
    const url = new URL(window.location.href);
    Object.keys(keys).forEach(function (key) { if (keys[key]) url.searchParams.set(key, keys[key]); else url.searchParams.delete(key); });
    return url.pathname + url.search.replace(/\+/g, "%20");
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return;
    if (link.getAttribute("href").startsWith("#")) {
      const goal = document.getElementById(link.getAttribute("href").slice(1));
      if (goal) { event.preventDefault(); goal.focus(); goal.scrollIntoView(); }
      return;
    }
    event.preventDefault();
    const lang = link.getAttribute("data-lang");
    if (lang) go(changed({ lang: lang }), '[data-lang="' + lang + '"]');
    else go(link.getAttribute("href"));
  });

  document.addEventListener("change", function (event) {
    if (event.target.id === "shell-date") go(changed({ date: event.target.value }), "#shell-date");
    if (event.target.id === "shell-programme" && event.target.value) {
      const lang = new URL(window.location.href).searchParams.get("lang");
      const kept = new URLSearchParams({ programme: event.target.value });
      if (lang) kept.set("lang", lang);
      go(window.location.pathname + "?" + kept, "#shell-programme");
    }
  });

  /* A field shows what was typed or chosen a moment before Dash knows it (its timer, then a drawing). A button marked data-settle
     acts once the browser has nothing left to do, so that it acts on what the reader sees. */
  const idle = window.requestIdleCallback || function (act) { setTimeout(act, 100); };
  let pressed = null, settled = false;
  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("button[data-settle]");
    if (!button || settled) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === button) return;   // pressed twice is asked once
    pressed = button;
    setTimeout(function () {
      idle(function () { pressed = null; settled = true; button.click(); settled = false; }, { timeout: 2000 });
    }, 20);
  }, true);

  /* A form that carries an address: its fields go into the query string. */
  document.addEventListener("submit", function (event) { if (event.target.closest("#shell-page")) event.preventDefault(); });

  /* Back and forward. Inside the explorer, and in one scope, its own script follows; everything else is drawn anew. */
  window.addEventListener("popstate", function () {
    const now = window.location.pathname + window.location.search;
    if (document.getElementById("explorer")) {
      if (!same(now, here)) window.location.reload();
      return;
    }
    if (now !== here) { focus = "h1"; show(now); }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.shell = {
    arrive: function () { return { path: window.location.pathname, search: window.location.search, at: Date.now() }; },
    drawn: function (head) {
      if (!head) return window.dash_clientside.no_update;
      document.title = head.title;
      document.documentElement.lang = head.lang;
      if (head.url && head.url !== window.location.search) window.history.replaceState(null, "", window.location.pathname + head.url + window.location.hash);
      here = window.location.pathname + window.location.search;
      const chosen = new URLSearchParams(window.location.search);
      const date = document.getElementById("shell-date");
      if (date) date.value = chosen.get("date") || "";
      document.documentElement.removeAttribute("data-busy");
      document.documentElement.setAttribute("data-page", head.page || "none");
      const goal = focus;
      focus = null;
      if (goal) setTimeout(function () {
        const page = document.querySelector(".shell-content");
        if (page) page.scrollTop = 0;
        const target = document.querySelector(goal === "h1" ? "#shell-page h1" : goal);
        if (target) target.focus({ preventScroll: true });
      }, 50);
      if (window.location.hash) setTimeout(function () {
        const part = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
        if (part) { part.scrollIntoView(); part.focus({ preventScroll: true }); }
      }, 150);
      return Date.now();
    },
    go: go,
  };
})();
