extension PageScript {
  /// One filter for findings, guests, mappings and disks without one. Its lists are made of what is on the page.
  static let filtering: StaticString = #"""
    const filter = (() => {
      const place = find("#filter");
      let records;
      const words = (text) => text ? text.split(" ") : [];
      const cell = (row, column) => row.cells[column].textContent.trim();
      const read = () => {
        const result = all(".finding").map((element) => {
          const data = element.dataset;
          return {element, kind: "finding", text: element.textContent.toLowerCase(), class: words(data.c), rule: words(data.r),
            severity: [data.s], guest: words(data.g), storage: words(data.t)};
        });
        for (const table of all("[data-table]")) {
          const kind = table.dataset.table;
          for (const element of table.tBodies[0].rows) {
            const text = element.textContent.toLowerCase(), severity = [cell(element, 1)];
            const number = parseInt(cell(element, kind === "mappings" ? 4 : 0), 10);
            const guest = number ? [String(number)] : [];
            result.push(kind === "guests"
              ? {element, kind: "guest", text, class: words(element.dataset.c ?? "valid"), rule: words(element.dataset.r), severity, guest, storage: null}
              : kind === "missing"
              ? {element, kind: "disk", text, class: ["node"], rule: [cell(element, 2)], severity, guest, storage: [cell(element, 3).split(":")[0]]}
              : {element, kind: "mapping", text, class: [cell(element, 2)], rule: [cell(element, 3)], severity, guest, storage: [cell(element, 5)]});
          }
        }
        return result;
      };
      const fields = {};
      const field = (name, label, element) => {
        element.id = "filter-" + name;
        fields[name] = element;
        return make("div", {}, make("label", {htmlFor: element.id, textContent: label}), element);
      };
      const list = (name, label) => field(name, label, make("select", {}, make("option", {value: "", textContent: "all"})));
      const known = (column, key) => {
        const found = new Set();
        for (const table of all("[data-table=mappings]")) for (const row of table.tBodies[0].rows) found.add(cell(row, column));
        for (const element of all(".finding")) for (const word of words(element.dataset[key])) found.add(word);
        found.delete("");
        return Array.from(found).sort();
      };
      const output = make("output", {});
      const form = make("form", {}, 
        field("text", "Search", make("input", {type: "search", placeholder: "name, uuid, reason", autocomplete: "off"})),
        list("severity", "Severity"), list("class", "Class"), list("rule", "Rule"), field("guest", "Guest", make("input", {type: "text", inputMode: "numeric", size: 6, autocomplete: "off"})),
        list("storage", "Storage"), make("button", {type: "reset", textContent: "Reset"}), output);
      // Reading ten thousand rows takes a moment: what the lists offer is read when there is time, or asked for.
      let isFilled = false;
      const fill = () => {
        if (isFilled) return;
        isFilled = true;
        const offers = {severity: ["critical", "warning", "notice", "info"], class: known(2, "c"), rule: known(3, "r"), storage: known(5, "t")};
        for (const [name, values] of Object.entries(offers)) fields[name].append(...values.map((value) => make("option", {value, textContent: value})));
      };
      form.addEventListener("focusin", fill);
      form.addEventListener("pointerdown", fill);
      (window.requestIdleCallback ?? setTimeout)(fill);
      form.setAttribute("role", "search");
      form.setAttribute("aria-label", "Filter findings, guests and mappings");
      place.append(form);
      place.hidden = false;
      document.documentElement.classList.add("filtering");
      const opened = new Set();
      const places = all("#findings, #ignored, #guests, #mappings").map((section) => ({
        section, note: make("p", {textContent: "Nothing here fits the filter.", hidden: true}), count: find(`nav a[href="#${section.id}"] .n`)}));
      for (const {section, note} of places) section.append(note);
      // What says how many there are, with its own words: "2 of 12 guests" while a filter is on.
      const counted = new Map();
      const tell = (element, some, total, isOn) => {
        if (!element) return;
        if (!counted.has(element)) counted.set(element, element.textContent);
        const text = counted.get(element);
        if (/^[0-9]/.test(text)) element.textContent = isOn && some < total ? `${some} of ${text}` : text;
      };
      const apply = () => {
        records ??= read();
        const terms = fields.text.value.toLowerCase().split(/\s+/).filter(Boolean);
        const asked = ["severity", "class", "rule", "guest", "storage"].map((name) => [name, fields[name].value.trim()]).filter(([, value]) => value);
        const isOn = terms.length > 0 || asked.length > 0;
        const counts = {finding: 0, guest: 0, mapping: 0, disk: 0};
        for (const record of records) {
          const fits = terms.every((term) => record.text.includes(term))
            && asked.every(([name, value]) => record[name] ? record[name].includes(value) : record.text.includes(value.toLowerCase()));
          if (record.element.hidden === fits) record.element.hidden = !fits;
          if (fits) counts[record.kind] += 1;
        }
        for (const group of all(".group")) {
          const some = all(".finding:not([hidden])", group).length;
          group.hidden = isOn && some === 0;
          tell(find(".rule span:last-child", group), some, all(".finding", group).length, isOn);
        }
        for (const heading of all(".severity")) {
          let next = heading.nextElementSibling, some = false;
          for (; next?.matches(".group"); next = next.nextElementSibling) some ||= !next.hidden;
          heading.hidden = isOn && !some;
        }
        for (const table of all("[data-table]")) {
          const rows = all("tbody tr:not([hidden])", table).length, total = table.tBodies[0].rows.length;
          table.hidden = isOn && rows === 0;
          tell(table.caption, rows, total, isOn);
          const part = table.parentElement;
          if (part.tagName !== "DETAILS") continue;
          part.hidden = table.hidden;
          tell(find("summary", part), rows, total, isOn);
          if (isOn && rows > 0 && rows <= 500 && !part.open) { part.open = true; opened.add(part); }
          if (!isOn && opened.delete(part)) part.open = false;
        }
        for (const {section, note, count} of places) {
          const those = ".finding, [data-table]:not([data-table=missing]) > tbody > tr";
          const items = all(those, section), some = items.filter((item) => !item.hidden).length;
          const disks = all("[data-table=missing] > tbody > tr", section);
          note.hidden = !isOn || some > 0 || items.length + disks.length === 0 || disks.some((row) => !row.hidden);
          tell(count, some, items.length, isOn);
        }
        output.textContent = isOn ? ["finding", "guest", "mapping", "disk"].filter((kind) => kind !== "disk" || counts.disk)
          .map((kind) => `${counts[kind]} ${kind}${counts[kind] === 1 ? "" : "s"}${kind === "disk" ? " without mapping" : ""}`).join(", ") : "";
        form.classList.toggle("on", isOn);
      };
      let waiting = 0;
      form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
      form.addEventListener("reset", () => setTimeout(apply));
      form.addEventListener("submit", (event) => event.preventDefault());
      document.addEventListener("keydown", (event) => {
        if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
        event.preventDefault();
        fields.text.focus();
      });
      return {clear: () => { form.reset(); apply(); }};
    })();

    """#
}
