extension PageStyle {
  /// The grade, the tallies, severities as word, colour and shape.
  static let verdict: StaticString = #"""
    .verdict{display:flex;gap:2rem;align-items:center}
    .grade{flex:none;width:11rem;padding:1.1rem .75rem .6rem;border-radius:.75rem;text-align:center}
    .grade text{font:650 52px/1 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;letter-spacing:-.03em}
    .grade p{margin:.4rem 0 .2rem;font-size:.9375rem}
    .grade.good{color:var(--good);background:var(--good-wash)}
    .grade.warning{color:var(--warning);background:var(--warning-wash)}
    .grade.critical{color:var(--critical);background:var(--critical-wash)}
    .grade.info{color:var(--info);background:var(--sunk)}
    .lead{margin:0 0 .6rem;max-width:44rem;font-size:1.25rem;line-height:1.4;letter-spacing:-.005em}
    .reasons{margin:0;padding:0;list-style:none;color:var(--muted)}
    .reasons b{color:var(--ink)}
    .tally{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:1.5rem 0;padding:0;list-style:none;color:var(--muted);font-size:.9375rem}
    .tally b{margin-right:.15rem;color:var(--ink);font-size:1.25rem;font-weight:650}
    .s{display:inline-block;white-space:nowrap;font-weight:600}
    .s::before{content:"";display:inline-block;width:.68em;height:.68em;margin-right:.42em;background:currentColor}
    .s.critical{color:var(--critical)}
    .s.critical::before{transform:rotate(45deg) scale(.86)}
    .s.warning{color:var(--warning)}
    .s.warning::before{clip-path:polygon(50% 4%,100% 96%,0 96%)}
    .s.notice{color:var(--notice)}
    .s.notice::before{border-radius:50%}
    .s.info{color:var(--info);font-weight:400}
    .s.info::before{border:1.5px solid;border-radius:50%;background:none}
    .s.good{color:var(--good);font-weight:400}
    .s.good::before{width:.36em;height:.66em;margin:0 .6em .06em .16em;border:solid;border-width:0 .13em .13em 0;background:none;transform:rotate(40deg)}
    .classes{margin:1.75rem 0 0}
    .classes figcaption{margin-bottom:.4rem;font-weight:600}
    .classes svg{display:block;width:100%;height:.875rem;border-radius:.25rem}
    .classes ul{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:.6rem 0 0;padding:0;list-style:none;color:var(--muted);font-size:.9375rem}
    .classes li b{color:var(--ink)}
    .classes li::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.45em;border-radius:.15em;background:currentColor}
    .classes .valid{fill:var(--valid)}.classes .stale{fill:var(--stale)}.classes .orphaned{fill:var(--orphaned)}
    .classes .duplicate{fill:var(--duplicate)}.classes .wrong{fill:var(--wrong)}.classes .unknown{fill:var(--unknown)}.classes .other{fill:var(--other)}
    .classes li.valid::before{color:var(--valid)}.classes li.stale::before{color:var(--stale)}.classes li.orphaned::before{color:var(--orphaned)}
    .classes li.duplicate::before{color:var(--duplicate)}.classes li.wrong::before{color:var(--wrong)}.classes li.unknown::before{color:var(--unknown)}.classes li.other::before{color:var(--other)}
    @media (max-width:40rem){.verdict{flex-direction:column;align-items:flex-start;gap:1.25rem}
    .grade{display:flex;width:100%;align-items:center;gap:1rem;padding:.75rem 1rem;text-align:left}.grade svg{width:5.5rem;height:5.5rem}.lead{font-size:1.125rem}}

    """#
}
