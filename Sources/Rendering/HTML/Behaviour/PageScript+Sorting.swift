extension PageScript {
  /// A button in each column's heading; the first click sorts upwards, the next the other way.
  static let sorting: StaticString = #"""
    {
      const ranks = {critical: 4, warning: 3, notice: 2, unknown: 1, info: 0, "in order": 0};
      const order = new Intl.Collator("en", {numeric: true}).compare;
      for (const heading of all("[data-table] thead th")) {
        const button = make("button", {type: "button"});
        button.append(...heading.childNodes);
        heading.append(button);
      }
      const key = (heading, text) =>
        "s" in heading.dataset ? ranks[text] ?? -1 : "n" in heading.dataset ? parseFloat(text) || 0 : text;
      document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-table] thead button");
        if (!button) return;
        const heading = button.parentElement;
        const column = heading.cellIndex;
        const up = heading.getAttribute("aria-sort") === "descending" || !heading.hasAttribute("aria-sort") && !("s" in heading.dataset);
        const body = heading.closest("table").tBodies[0];
        const rows = Array.from(body.rows, (row) => [key(heading, row.cells[column].textContent.trim()), row]);
        const sign = up ? 1 : -1;
        rows.sort(([one], [two]) => sign * (typeof one === "number" ? one - two : order(one, two)));
        for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...rows.map(([, row]) => row));
      });
    }

    """#
}
