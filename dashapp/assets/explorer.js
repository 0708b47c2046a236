/* The explorer's hands in the browser: sends what the reader does to the server, keeps the address in step, moves the camera.
   It holds no truth: the state lives in the page's store and in the URL. */
(function () {
  "use strict";

  let wired = null;      // the Cytoscape instance that already has our listeners
  let wanted = null;     // node to bring to the centre once the next picture is drawn
  let refocus = false;   // the reader used a button that the next picture may remove
  let drawn = null;      // what the camera was last fitted to
  let going = false;     // the reader went back or forward: the address is already right
  let latest = null;     // the last picture's camera, in case the canvas comes after it
  let seen = null;       // the page we arrived on
  let path = "";         // its path
  let waiting = 0;       // timer of the next dressing
  let written = null;    // query string this page wrote last

  function page() { return document.getElementById("explorer"); }

  function setProps(id, props) {
    if (window.dash_clientside && window.dash_clientside.set_props) window.dash_clientside.set_props(id, props);
  }

  function send(verb, subject) {
    setProps("explorer-event", { data: { do: verb, id: subject || "", at: Date.now() } });
  }

  function canvas() {
    const cy = window.cy;
    if (!cy || cy.destroyed() || !cy.container()) return null;
    return cy.container().closest("#explorer") ? cy : null;
  }

  /* The address says all that is shown, also what the page filled in by itself. */
  function arrive() {
    seen = page();
    path = window.location.pathname;
    latest = JSON.parse(seen.getAttribute("data-camera") || "null");
    written = seen.getAttribute("data-url") || window.location.search;
    if (written !== window.location.search) window.history.replaceState(window.history.state, "", window.location.pathname + written);
  }

  function wire() {
    const cy = canvas();
    if (!cy || cy === wired) return;
    wired = cy;
    drawn = null;
    cy.on("tap", function (event) {
      if (event.target === cy) { send("clear"); return; }
      if (event.target.isNode()) event.target.style("border-color", "#1D4ED8");  // an answer at once; dress() hands over to the data
      send(event.target.isNode() ? "select" : "select-link", event.target.id());
    });
    cy.on("dragfree", "node", function (event) {
      const place = event.target.position();
      send("move", place.x.toFixed(1) + "," + place.y.toFixed(1) + "," + event.target.id());
    });
    cy.on("mouseover", "node", function (event) { hint(event.target.data("title")); cy.container().style.cursor = "pointer"; });
    cy.on("mouseover", "edge", function (event) { hint(event.target.data("title")); cy.container().style.cursor = "pointer"; });
    cy.on("mouseout", function () { hint(""); cy.container().style.cursor = ""; });
    cy.on("zoom pan resize", function () { clearTimeout(waiting); waiting = setTimeout(dress, 60); });
    cy.on("dragfree", function () { setTimeout(dress, 0); });
    cy.minZoom(0.05);
    cy.maxZoom(4);
    fit(false);
    dress();
    if (latest) afterDrawing(latest);
  }

  /* Labels and nodes keep a readable size whatever the zoom; where labels would cover one another, the larger nodes speak first
     and the rest wait for the reader to come nearer. Only the look of this canvas: nothing here changes what is shown. */
  const SIDES = [
    { valign: "bottom", halign: "center", x: 0, y: 1 }, { valign: "center", halign: "right", x: 1, y: 0 },
    { valign: "center", halign: "left", x: -1, y: 0 }, { valign: "top", halign: "center", x: 0, y: -1 },
  ];
  const pencil = document.createElement("canvas").getContext("2d");

  function lines(text, font, most) {
    pencil.font = font + "px sans-serif";
    const rows = [""];
    text.split(" ").forEach(function (word) {
      const longer = (rows[rows.length - 1] + " " + word).trim();
      if (pencil.measureText(longer).width > (most || 118) && rows[rows.length - 1]) rows.push(word); else rows[rows.length - 1] = longer;
    });
    return { width: Math.max.apply(null, rows.map(function (row) { return pencil.measureText(row).width; })), height: rows.length * font * 1.2 };
  }

  function Taken() {
    const cells = new Map();
    function each(box, visit) {
      for (let i = Math.floor(box.x1 / 80); i <= Math.floor(box.x2 / 80); i += 1)
        for (let j = Math.floor(box.y1 / 40); j <= Math.floor(box.y2 / 40); j += 1) if (visit(i + ":" + j)) return true;
      return false;
    }
    this.add = function (box) { each(box, function (key) { (cells.get(key) || cells.set(key, []).get(key)).push(box); }); };
    this.meets = function (box, own) {
      return each(box, function (key) {
        return (cells.get(key) || []).some(function (other) {
          return other.id !== own && other.x1 < box.x2 && box.x1 < other.x2 && other.y1 < box.y2 && box.y1 < other.y2;
        });
      });
    };
  }

  /* Headings of columns stand above them, on as many rows as it takes for none to cover another. */
  function headings(cy, zoom, taken) {
    cy.nodes("[band]").sort(function (a, b) { return a.position().x - b.position().x; }).forEach(function (node) {
      const size = lines(node.data("label"), 12, 105), x = node.position().x * zoom, bottom = node.position().y * zoom - 4;
      let lift = 0, box = null;
      for (; lift < 160; lift += 16) {
        box = { id: node.id(), x1: x - size.width / 2 - 6, x2: x + size.width / 2 + 6, y1: bottom - lift - size.height, y2: bottom - lift };
        if (!taken.meets(box, node.id())) break;
      }
      taken.add(box);
      node.style({ "font-size": 12 / zoom, "text-max-width": 116 / zoom, "text-margin-y": -(lift + 4) / zoom });
    });
  }

  function dress() {
    const cy = canvas();
    if (!cy) return;
    const zoom = cy.zoom();
    const font = Math.min(Math.max(11, 12 * zoom), 18);
    const grow = Math.max(1, Math.min(2.8, 0.48 / zoom));
    const taken = new Taken(), names = new Taken(), pan = cy.pan();
    const frame = { x1: -pan.x, x2: cy.width() - pan.x, y1: -pan.y, y2: cy.height() - pan.y };
    cy.batch(function () { headings(cy, zoom, taken); });
    const nodes = cy.nodes("[!band]").toArray().sort(function (a, b) {
      return b.data("level") - a.data("level") || b.data("opacity") - a.data("opacity") || b.data("size") - a.data("size") || (a.id() < b.id() ? -1 : 1);
    });
    const few = nodes.filter(function (node) { return node.data("level") > 1; }).length < 9;   // marks that can all be named
    const spots = nodes.map(function (node) {
      const place = node.position(), half = node.data("size") * grow * zoom / 2;
      const box = { id: node.id(), x: place.x * zoom, y: place.y * zoom, half: half };
      if (node.data("opacity") > 0.5) taken.add({ id: box.id, x1: box.x - half, x2: box.x + half, y1: box.y - half, y2: box.y + half });
      return box;
    });
    cy.batch(function () {
      nodes.forEach(function (node, index) {
        const side = place(node, spots[index], lines(node.data("label"), font), taken, names, frame, few && node.data("level") > 1);
        node.removeStyle("border-color");
        const numbered = !side && node.data("short") && spots[index].half > 6;
        node.style({
          "width": node.data("size") * grow, "height": node.data("size") * grow,
          "border-width": node.data("ring") * (node.data("ring") > 1 ? Math.max(1, 0.8 / zoom) : grow),
          "label": numbered ? node.data("short") : node.data("label"),
          "color": numbered ? "#ffffff" : node.data("ink"),
          "font-size": (numbered ? Math.min(font, spots[index].half) : font) / zoom, "text-max-width": 124 / zoom,
          "text-margin-y": (side ? side.y : 0) * 3 / zoom, "text-margin-x": (side ? side.x : 0) * 3 / zoom,
          "text-valign": side ? side.valign : "center", "text-halign": side ? side.halign : "center",
          "text-opacity": side || numbered ? 1 : 0, "text-background-opacity": side ? 0.7 : 0,
        });
      });
      const wide = Math.max(1, Math.min(2.5, 0.6 / zoom));
      cy.edges().forEach(function (edge) { edge.style("width", edge.data("width") * wide); });
    });
  }

  /* A label stays in the frame as long as its node does. */
  function inside(box, spot, frame) {
    const within = spot.x > frame.x1 && spot.x < frame.x2 && spot.y > frame.y1 && spot.y < frame.y2;
    return !within || (box.x1 > frame.x1 && box.x2 < frame.x2 && box.y1 > frame.y1 && box.y2 < frame.y2);
  }

  function place(node, spot, size, taken, names, frame, few) {
    if (node.data("opacity") < 0.5) return null;
    const boxes = SIDES.map(function (side) {
      const x = spot.x + side.x * (spot.half + 3 + size.width / 2), y = spot.y + side.y * (spot.half + 3 + size.height / 2);
      return { id: spot.id, x1: x - size.width / 2, x2: x + size.width / 2, y1: y - size.height / 2, y2: y + size.height / 2 };
    });
    const free = function (others) {
      return boxes.findIndex(function (box) { return inside(box, spot, frame) && !others.meets(box, spot.id); });
    };
    let side = free(taken);
    if (side < 0 && (node.data("level") > 2 || few)) side = Math.max(free(names), 0);   // what is chosen is always named
    if (side < 0) return null;
    taken.add(boxes[side]);
    names.add(boxes[side]);
    return SIDES[side];
  }

  function hint(text) {
    const canvasBox = document.getElementById("explorer-canvas");
    if (canvasBox) canvasBox.title = text || "";
  }

  /* Fits what is drawn, leaving room for labels, which keep their size on screen: so they are left out of the box. */
  function fit(smoothly, ids) {
    const cy = canvas();
    if (!cy || !cy.nodes().length) return;
    cy.resize();
    cy.stop(true);
    const some = cy.nodes().filter(function (node) { return ids && ids.indexOf(node.id()) >= 0; });
    const box = (some.length ? some : cy.elements()).boundingBox({ includeLabels: false, includeOverlays: false });
    const side = Math.min(90, cy.width() / 8), edge = Math.min(48, cy.height() / 8);
    const room = Math.min((cy.width() - 2 * side) / Math.max(box.w, 1), (cy.height() - 2 * edge) / Math.max(box.h, 1));
    const zoom = Math.min(room, 1.3);
    const pan = { x: cy.width() / 2 - zoom * (box.x1 + box.x2) / 2, y: cy.height() / 2 - zoom * (box.y1 + box.y2) / 2 };
    if (!smoothly || window.matchMedia("(prefers-reduced-motion: reduce)").matches) { cy.viewport({ zoom: zoom, pan: pan }); dress(); }
    else cy.animate({ zoom: zoom, pan: pan }, { duration: 250, complete: dress });
  }

  function centre(id) {
    const cy = canvas();
    const node = cy && cy.getElementById(id);
    if (!node || !node.length) return;
    cy.stop(true);
    cy.animate({ center: { eles: node }, zoom: Math.max(cy.zoom(), 0.9) }, { duration: 250 });
  }

  function afterDrawing(view) {
    latest = view;
    wire();
    const cy = canvas();
    if (!cy || !view) return;
    dress();
    if (view.key !== drawn) { const first = drawn === null; drawn = view.key; if (view.frame.length) wanted = null; fit(!first, view.frame); }
    if (wanted) { const id = wanted; wanted = null; setTimeout(function () { centre(id); }, 280); }
    if (refocus) {
      refocus = false;
      const active = document.activeElement;
      const title = document.getElementById("explorer-card-title");
      if (title && (!active || active === document.body)) title.focus();
    }
  }

  function closeSearch() {
    setProps("explorer-search", { value: "" });
    setProps("explorer-results", { children: [] });
  }

  document.addEventListener("click", function (event) {
    const control = event.target.closest && event.target.closest("[data-do]");
    if (!control || !page()) return;
    const verb = control.getAttribute("data-do");
    const subject = control.getAttribute("data-id") || "";
    if (verb === "fit") { fit(true); return; }
    if (verb === "select") { wanted = subject; refocus = true; }
    if (control.closest("#explorer-results")) closeSearch();
    send(verb, subject);
  });

  document.addEventListener("keydown", function (event) {
    if (!page()) return;
    const results = document.getElementById("explorer-results");
    const search = document.getElementById("explorer-search");
    if (!results || !search || !(results.contains(event.target) || event.target === search)) return;
    const buttons = Array.from(results.querySelectorAll("button"));
    const place = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && buttons.length) { event.preventDefault(); buttons[Math.min(place + 1, buttons.length - 1)].focus(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); (place > 0 ? buttons[place - 1] : search).focus(); }
    else if (event.key === "Enter" && event.target === search && buttons.length) { event.preventDefault(); buttons[0].click(); }
    else if (event.key === "Escape") { closeSearch(); search.focus(); }
  });

  window.addEventListener("popstate", function () {
    if (page() && window.location.pathname === path && window.location.search !== written) {
      written = window.location.search;
      going = true;
      const state = {};
      new URLSearchParams(window.location.search).forEach(function (value, key) { state[key] = value; });
      setProps("explorer-event", { data: { do: "go", state: state, at: Date.now() } });
    }
  });

  /* The instance appears after React mounts it, and again after each visit of the page. */
  setInterval(function () {
    if (page()) { if (page() !== seen) arrive(); wire(); } else if (seen) { seen = null; wired = null; drawn = null; written = null; latest = null; }
  }, 150);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explorer = {
    drawn: function (view) {
      setTimeout(function () { afterDrawing(view); }, 60);
      return undefined;
    },
    address: function (state) {
      if (!state || !page()) return undefined;
      const next = state.url;
      if (next === written || next === window.location.search) { written = next; going = false; return undefined; }
      const quiet = written === null || going;
      written = next;
      going = false;
      window.history[quiet ? "replaceState" : "pushState"](window.history.state, "", window.location.pathname + next);
      return undefined;
    },
  };
})();
