extension PageStyle {
  /// Pictures and the host's gauges.
  static let pictures: StaticString = #"""
    figure{margin:0}
    .stack svg,.extents svg{display:block;max-width:100%;height:auto;overflow:visible}
    .stack path{fill:var(--ground);stroke:var(--muted)}
    .stack text{fill:var(--ink)}
    .stack .kind text{fill:var(--muted);font-size:12px}
    .stack .value{font-size:12px}
    .stack .note{font-size:11px}
    .stack .note text{fill:var(--muted)}
    .stack path.focus{stroke:var(--accent);stroke-width:1.6}
    .stack path.gone{stroke:var(--critical);fill:none}
    .stack .value .gone,.stack .note .gone{fill:var(--critical)}
    .pictures{margin-top:.5rem}
    .extents{margin-top:1rem}
    .extents figcaption{color:var(--muted);font-size:.8125rem;overflow-wrap:anywhere}
    .extents text{fill:var(--ink);font-size:11.5px}
    .extents .tick{fill:var(--muted);font-size:11px}
    .extents .axis{stroke:var(--line)}
    .extents .live{fill:var(--accent);fill-opacity:1}
    .extents .metadata{fill:var(--valid);fill-opacity:1}
    .extents .other{fill:var(--orphaned);fill-opacity:1}
    .extents .mark{fill:var(--critical);fill-opacity:.13;stroke:var(--critical);stroke-width:1;stroke-dasharray:3 2}
    .meter{width:6rem;height:.5rem;border-radius:.25rem;overflow:hidden;vertical-align:middle}
    .meter .track{fill:var(--muted);fill-opacity:.18}
    .meter .mark{stroke:var(--ground);stroke-width:1;vector-effect:non-scaling-stroke}
    .meter.good .used{fill:var(--valid)}.meter.warning .used{fill:var(--stale)}.meter.critical .used{fill:var(--wrong)}
    .gauges{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(13rem,100%),1fr));gap:1.25rem 2rem;margin:1rem 0 1.75rem}
    .gauge h3{margin:0;color:var(--muted);font-size:.8125rem;font-weight:400}
    .gauge p{margin:0 0 .3rem}
    .gauge b{margin-right:.4rem;font-size:1.375rem;font-weight:650}
    .gauge .meter{width:100%}
    .gauge .note{margin:.25rem 0 0}
    .host{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(13rem,100%),1fr));gap:.9rem 2rem;margin:0 0 1.5rem}
    .host dd{margin:0}

    """#
}
