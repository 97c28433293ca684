extension PageScript {
  /// A link to a finding or mapping unfolds what it lies in, and clears a filter that hides it.
  static let links: StaticString = #"""
    {
      const go = () => {
        let name = location.hash.slice(1);
        try { name = decodeURIComponent(name); } catch { return; }
        const target = name && document.getElementById(name);
        if (!target) return;
        if (target.closest("[hidden]")) filter.clear();
        for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
        for (const other of all(".target")) other.classList.remove("target");
        if (target.matches("tr, .finding")) target.classList.add("target");
        if (!target.matches("a, button, input, section")) target.tabIndex = -1;
        target.scrollIntoView({block: target.matches("tr") ? "center" : "start"});
        target.focus({preventScroll: true});
      };
      addEventListener("hashchange", go);
      if (location.hash) go();
    }

    """#
}
