/* The page of saved queries in the browser: the form becomes an address, figures and days are written in the reader's language. */
(function () {
  "use strict";

  function folded(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  document.addEventListener("input", function (event) {
    if (event.target.id !== "queries-filter") return;
    const wanted = folded(event.target.value).split(/\s+/).filter(Boolean);
    let any = false;
    document.querySelectorAll(".queries-category").forEach(function (block) {
      let shown = false;
      block.querySelectorAll("li").forEach(function (row) {
        const words = folded(row.getAttribute("data-words") || "");
        row.hidden = !wanted.every(function (word) { return words.includes(word); });
        shown = shown || !row.hidden;
      });
      block.hidden = !shown;
      any = any || shown;
    });
    document.getElementById("queries-no-match").hidden = any;
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.queries = {
    ask: function (clicks, values, ids) {
      if (!clicks) return window.dash_clientside.no_update;
      const url = new URL(window.location.href);
      Array.from(url.searchParams.keys()).forEach(function (key) { if (key.startsWith("p.")) url.searchParams.delete(key); });
      ids.forEach(function (id, place) {
        const value = values[place];
        if (value !== null && value !== undefined && String(value).trim() !== "") url.searchParams.set("p." + id.name, String(value));
      });
      window.dash_clientside.shell.go(url.pathname + url.search.replace(/\+/g, "%20"), "#queries-answer");
      return window.dash_clientside.no_update;
    },
  };

  const tables = window.dashAgGridFunctions = window.dashAgGridFunctions || {};
  tables.pacteFigure = function (value, lang, code) {
    if (value === null || value === undefined) return "—";
    return code ? String(value) : new Intl.NumberFormat(lang === "en" ? "en-GB" : "fr-FR", { maximumFractionDigits: 2 }).format(value);
  };
  tables.pacteDay = function (value, lang) {
    if (!value) return "—";
    const day = new Date(value.length > 10 ? value : value + "T12:00:00Z");
    return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day);
  };

  const parts = window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
  parts.PacteNode = function (params) {
    const address = params.data && params.data[params.colDef.field + "_href"];
    return address ? window.React.createElement("a", { href: address }, params.value) : params.value;
  };
})();
