/* « Et si… ? » in the browser: the form becomes an address; names are found whatever their accents and case. */
(function () {
  "use strict";

  function folded(text) { return String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function listed(items) { return items.map(function (item) { return item.replace(/,/g, "%2C"); }).join(","); }

  /* Options, perhaps in groups, of which at most ``limit`` that hold every word typed. */
  function kept(params, wanted) {
    let left = params.limit || Infinity;
    function chosen(items) {
      return items.filter(function (item) {
        const text = folded(item.label);
        if (left <= 0 || !wanted.every(function (word) { return text.includes(word); })) return false;
        left -= 1;
        return true;
      });
    }
    return params.options.map(function (option) {
      return option.items ? { group: option.group, items: chosen(option.items) } : chosen([option])[0];
    }).filter(function (option) { return option && (!option.items || option.items.length); });
  }

  const functions = window.dashMantineFunctions = window.dashMantineFunctions || {};
  functions.pacteFolded = function (params) { return kept(params, folded(params.search).split(/\s+/).filter(Boolean)); };
  functions.pacteAll = function (params) { return kept(params, []); };   // the server has searched already

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.whatif = {
    ask: function (clicks, removed, late, months, ids) {
      if (!clicks) return window.dash_clientside.no_update;
      const url = new URL(window.location.href), told = {};
      ids.forEach(function (id, place) { told[id.name] = months[place]; });
      const delays = (late || []).map(function (name) { return name + ":" + (told[name] === undefined || told[name] === null ? "" : told[name]); });
      [["remove", removed || []], ["delay", delays]].forEach(function (pair) {
        if (pair[1].length) url.searchParams.set(pair[0], listed(pair[1])); else url.searchParams.delete(pair[0]);
      });
      const answer = removed && removed.length || delays.length ? "whatif-answer" : "whatif";
      window.dash_clientside.shell.go(url.pathname + url.search.replace(/\+/g, "%20") + "#" + answer, "#" + answer);
      return window.dash_clientside.no_update;
    },
  };
})();
