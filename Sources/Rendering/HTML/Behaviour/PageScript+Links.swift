extension PageScript {
  /// A link to a finding or mapping unfolds what it lies in, and clears a filter that hides it.
  static let links: StaticString = #"""
    {
      const go = () => {
        let name = location.hash.slice(1);
        try { name = decodeURIComponent(name); } catch { return; }
        // An id may hold blanks, an anchor doesn't.
        const target = name && (document.getElementById(name) ?? document.getElementById(name.replace(/\s/g, "_")));
        if (!target) return;
        if (target.closest("[hidden]")) filter.clear();
        for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
        for (const other of all(".target")) other.classList.remove("target");
        if (target.matches("tr, .finding")) target.classList.add("target");
        if (!target.matches("a, button, input, section")) target.tabIndex = -1;
        target.focus({preventScroll: true});
        // What was out of sight has a guessed height until it comes into sight: where the target lies is known some frames later.
        const show = (frames) => {
          target.scrollIntoView({block: target.matches("tr") ? "center" : "start", behavior: "instant"});
          if (frames > 0) requestAnimationFrame(() => show(frames - 1));
        };
        show(6);
      };
      addEventListener("hashchange", go);
      if (location.hash) go();
    }

    """#
}
