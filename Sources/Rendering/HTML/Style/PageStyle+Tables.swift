extension PageStyle {
  /// Tables: narrow pages show each row as a block, so that no page is wider than its screen.
  static let tables: StaticString = #"""
    table{width:100%;margin:.75rem 0 1.5rem;border-collapse:collapse;font-size:.875rem;line-height:1.45}
    caption{padding:.25rem 0 .5rem;color:var(--muted);text-align:left;font-size:.9375rem}
    th,td{padding:.42rem 1rem .42rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    th:last-child,td:last-child{padding-right:0}
    td.n,th.n{text-align:right}
    thead th{border-bottom-color:var(--muted);color:var(--muted);font-size:.8125rem;font-weight:600;white-space:nowrap;vertical-align:bottom}
    tbody th{font-weight:400}
    .mappings tbody th{font-size:.8125rem}
    tbody tr:hover>*{background:var(--sunk)}
    .storages th,.storages td,.volume-groups th,.volume-groups td{overflow-wrap:anywhere}
    td ul{margin:0;padding:0;list-style:none}
    thead button{padding:0;border:0;border-radius:2px;background:none;color:inherit;font:inherit;font-size:inherit;text-align:left}
    thead button::after{content:"";display:inline-block;margin-left:.35em;border:.34em solid transparent;border-bottom-color:currentColor;transform:translateY(-.2em);opacity:.35}
    [aria-sort=ascending] button::after,[aria-sort=descending] button::after{opacity:1}
    [aria-sort=descending] button::after{transform:translateY(.1em) rotate(180deg)}
    .share{display:flex;flex-wrap:wrap;align-items:center;gap:.1rem .6rem}
    .origin{margin:.75rem 0 .25rem;font-size:.875rem;color:var(--muted)}
    .source{margin:0;border-bottom:1px solid var(--line)}
    .raw{margin:.25rem 0 1rem;padding:.5rem .5rem .5rem 3.5rem;border-radius:.25rem;background:var(--sunk);font-size:.8125rem;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere}
    .raw li::marker{color:var(--muted)}
    .long tbody tr{content-visibility:auto;contain-intrinsic-size:auto 3rem}
    @media (min-width:60rem){
    .guests th:first-child{width:22%}
    .long,.long caption,.long thead,.long tbody{display:block}
    .long tr{display:grid}
    .long th,.long td{min-width:0}
    .long.guests tr{grid-template-columns:minmax(0,22fr) 6.5rem 9rem 9rem minmax(0,50fr)}
    .long.guests th{width:auto}
    .mappings td{overflow-wrap:anywhere}
    .mappings,.mappings caption,.mappings thead,.mappings tbody{display:block}
    .mappings tr{display:grid;grid-template-columns:minmax(0,1fr) 6.2rem 5.6rem 10.8rem minmax(0,9rem) minmax(0,8rem) 6.2rem;border-bottom:1px solid var(--line)}
    .mappings.compared tr{grid-template-columns:minmax(0,1fr) 6.2rem 5.6rem 10.8rem minmax(0,8rem) minmax(0,7rem) 6.2rem 5.5rem}
    .mappings tr>*{min-width:0;border-bottom:0}
    .mappings thead th:nth-child(8){display:none}
    .mappings td:nth-child(8){grid-row:2;grid-column:1/-1;padding:0 0 .6rem;max-width:60rem}
    .compared tr>:nth-child(9){grid-row:1;grid-column:8}
    .long.mappings tbody tr{contain-intrinsic-size:auto 4.5rem}
    }
    @media screen and (max-width:59.99rem){
    table,caption,tbody,tr,td,th{display:block}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tbody tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
    th,td,td.n{padding:.08rem 0;border:0;text-align:left}
    td:empty{display:none}
    td::before{color:var(--muted)}
    .mappings td:nth-child(5)::before{content:"Guest "}
    .steps td:nth-child(1)::before{content:"Phase "}
    .mappings td:nth-child(6)::before{content:"Storage "}
    .mappings td:nth-child(7)::before{content:"Open "}
    .mappings td:nth-child(9)::before{content:"v27 said "}
    .guests td:nth-child(4)::before{content:"Node "}
    .volume-groups td:nth-child(3)::before{content:"Size "}.volume-groups td:nth-child(4)::before{content:"Free "}
    .volume-groups td:nth-child(5)::before{content:"Devices "}.volume-groups td:nth-child(6)::before{content:"Volumes "}.volume-groups td:nth-child(7)::before{content:"Storages "}
    .sources td:nth-child(3)::before{content:"Needed for "}
    .storages td:nth-child(3)::before{content:"Lies in "}.storages td:nth-child(5)::before{content:"Nodes "}
    .use td:nth-child(4)::before{content:"Of "}.processes td:nth-child(2)::before{content:"Process "}
    .mappings td:nth-child(2),.mappings td:nth-child(3),.mappings td:nth-child(4){display:inline;margin-right:.8rem}
    }

    """#
}
