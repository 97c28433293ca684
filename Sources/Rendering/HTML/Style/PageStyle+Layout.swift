extension PageStyle {
  /// The page as a whole: letters, columns, headings, what can be folded.
  static let layout: StaticString = #"""
    *,::before,::after{box-sizing:border-box}
    html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    code,.raw,svg .value,svg .note,.extents text,.mappings tbody th,.guests a{font-family:ui-monospace,"SF Mono","Cascadia Mono","Segoe UI Mono","Roboto Mono","Liberation Mono","DejaVu Sans Mono",monospace;font-size:.875em;font-variant-ligatures:none;unicode-bidi:isolate}
    code,.mappings th,.guests a{overflow-wrap:anywhere}
    a{color:var(--accent);text-underline-offset:.16em;text-decoration-thickness:1px}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
    [hidden]{display:none!important}
    .skip{position:absolute;left:-99rem;top:.5rem;z-index:3;padding:.4rem .8rem;background:var(--raised)}
    .skip:focus{left:.5rem}
    .page{max-width:92rem;margin:0 auto;padding:0 1.25rem 3rem}
    .top{padding:2.25rem 0 1rem}
    .kicker{margin:0;color:var(--muted);font-size:.8125rem;letter-spacing:.06em;text-transform:uppercase}
    h1{margin:.1rem 0 .3rem;font-size:2.25rem;line-height:1.15;letter-spacing:-.02em;font-weight:650}
    .facts{margin:0;color:var(--muted)}
    .facts span+span::before{content:"·";margin:0 .45em 0 .25em}
    nav ul{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:0;padding:0;list-style:none;font-size:.9375rem}
    nav a{display:inline-block;padding:.15rem 0;color:var(--muted);text-decoration:none}
    nav a:hover{color:var(--ink);text-decoration:underline}
    nav .n{font-size:.8125rem}
    section{margin-top:3rem}
    #verdict{margin-top:1rem}
    #verdict>h2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    h2{margin:0 0 1rem;padding-bottom:.4rem;border-bottom:1px solid var(--line);font-size:1.375rem;line-height:1.25;letter-spacing:-.01em;font-weight:650}
    h3{margin:2rem 0 .75rem;font-size:1.0625rem;line-height:1.3;font-weight:650}
    h4{margin:0;font-size:1.125rem;line-height:1.35;font-weight:650}
    h5{margin:0 0 .35rem;font-size:1rem;line-height:1.4;font-weight:600}
    small{font-size:.8125rem;font-weight:400;color:var(--muted)}
    p{margin:.5rem 0}
    .note{color:var(--muted);font-size:.875rem}
    .n{text-align:right}
    nav .n{text-align:left}
    details{margin:.5rem 0}
    summary{display:inline-block;padding:.2rem .35rem .2rem 0;cursor:pointer;color:var(--muted);font-size:.9375rem;list-style:none}
    summary::-webkit-details-marker{display:none}
    summary::before{content:"";display:inline-block;width:.42em;height:.42em;margin:0 .65em .12em .1em;border:solid currentColor;border-width:0 1.5px 1.5px 0;transform:rotate(-45deg)}
    [open]>summary::before{transform:rotate(45deg);margin-bottom:.22em}
    summary:hover{color:var(--ink)}
    footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
    footer p{max-width:60rem}
    @media (min-width:72rem){
    .page{display:grid;grid-template-columns:10.5rem minmax(0,1fr);column-gap:2.75rem;padding:0 2rem 3rem}
    .top,footer{grid-column:2}
    main{grid-column:2;grid-row:2}
    nav{grid-column:1;grid-row:1/3;padding-top:2.6rem}
    nav ul{position:sticky;top:1.5rem;display:block;padding-left:0}
    nav li{border-left:2px solid var(--line)}
    nav a{display:flex;justify-content:space-between;padding:.28rem 0 .28rem .85rem;font-size:.875rem}
    }
    @media (max-width:40rem){.page{padding:0 1rem 2rem}.top{padding-top:1.5rem}section{margin-top:2.25rem}}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}summary::before{transition:transform .12s}}

    """#
}
