extension PageStyle {
  /// Findings with what they rest on, commands, the filter.
  static let findings: StaticString = #"""
    .severity{margin:2rem 0 .75rem;font-size:1.125rem}
    .severity small{margin-left:.4rem}
    .group{margin:0 0 1.25rem;padding:1.1rem 1.25rem .25rem;border:1px solid var(--line);border-left:4px solid var(--info);border-radius:.5rem;background:var(--raised)}
    .group.critical{border-left-color:var(--critical)}
    .group.warning{border-left-color:var(--warning)}
    .group.notice{border-left-color:var(--notice)}
    .rule{display:flex;flex-wrap:wrap;gap:0 1rem;margin:.1rem 0 .75rem;color:var(--muted);font-size:.875rem}
    .about{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));gap:.75rem 1.75rem;margin:0 0 1rem;font-size:.9375rem}
    .about dt,.host dt{color:var(--muted);font-size:.8125rem}
    .about dd{margin:0}
    .about .wrong dt{color:var(--critical)}
    .about .wrong dt::before{content:"";display:inline-block;width:.6em;height:.1em;margin:0 .4em .22em 0;background:currentColor}
    .finding{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem;padding:1rem 0;border-top:1px solid var(--line)}
    .many .finding{content-visibility:auto;contain-intrinsic-size:auto 22rem}
    .finding.ignored{padding:1rem 0}
    .finding.ignored h3{margin:0 0 .35rem}
    .finding:target,tr:target,.target{background:var(--notice-wash);box-shadow:0 0 0 .5rem var(--notice-wash);border-radius:2px}
    .self{color:var(--muted);font-weight:400;text-decoration:none}
    .why{margin:0 0 .5rem;max-width:48rem}
    .chips{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:.25rem 0 .5rem;padding:0;list-style:none;color:var(--muted);font-size:.875rem}
    .evidence{margin:.25rem 0 .75rem;font-size:.875rem}
    .evidence dt{margin-top:.5rem;color:var(--muted);font-size:.8125rem}
    .evidence dt span{opacity:1;margin-left:.5rem}
    .evidence dd{margin:.15rem 0 0;padding:.4rem .6rem;border-radius:.25rem;background:var(--sunk)}
    .cmd{position:relative;display:flex;align-items:flex-start;gap:.5rem;margin:.3rem 0;padding:.35rem .6rem;border-radius:.25rem;background:var(--sunk)}
    .cmd code{flex:1;min-width:0}
    .cmd button{flex:none}
    button,input,select{font:inherit;font-size:.875rem;color:var(--ink);background:var(--raised);border:1px solid var(--line);border-radius:.3rem;padding:.3rem .6rem}
    button{cursor:pointer}
    button:hover{border-color:var(--muted)}
    .copy{padding:0 .45rem;font-size:.8125rem;color:var(--muted)}
    .runs{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem 1.25rem;align-items:center;margin:.75rem 0}
    .runs dt{color:var(--muted);font-size:.9375rem}
    .runs dd{margin:0}
    #filter{position:sticky;top:0;z-index:2;margin:2.5rem 0 -1.5rem;padding:.6rem 0;background:var(--ground);border-bottom:1px solid var(--line)}
    #filter form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
    #filter label{display:block;color:var(--muted);font-size:.75rem}
    #filter input[type=search]{width:14rem}
    #filter input,#filter select{display:block;min-height:2.1rem;max-width:14rem}
    #filter output{margin-left:auto;color:var(--muted);font-size:.875rem}
    .filtering{scroll-padding-top:6rem}
    @media (min-width:60rem){.about{grid-template-columns:repeat(6,minmax(0,1fr))}.about>*{grid-column:span 2}.about>:nth-child(n+4){grid-column:span 3}
    .finding:has(.pictures){grid-template-columns:minmax(0,1fr) minmax(0,26rem)}.finding>:not(.words,.pictures){grid-column:1/-1}}
    @media (max-width:48rem){#filter{position:static}#filter label,#filter input,#filter select,#filter input[type=search]{width:100%;max-width:none}#filter form>div{flex:1 1 9rem}
    .runs{grid-template-columns:minmax(0,1fr)}.runs dt{margin-top:.4rem}.group{padding:1rem .9rem .25rem}}

    """#
}
