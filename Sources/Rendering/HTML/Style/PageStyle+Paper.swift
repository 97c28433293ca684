extension PageStyle {
  /// On paper everything is unfolded but raw sources that nobody opened, in black on white, with nothing to click.
  static let paper: StaticString = #"""
    @media print{
    :root{color-scheme:light;--ground:#fff;--raised:#fff;--sunk:#f4f4f4;--line:#ccc;--ink:#000;--muted:#444;--accent:#003f7f;
    --critical:#a00;--warning:#704200;--notice:#10505f;--good:#0f5a30;--critical-wash:#fff;--warning-wash:#fff;--notice-wash:#fff;--good-wash:#fff}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{font-size:10pt}
    .page{display:block;max-width:none;padding:0}
    nav,.skip,#filter,.copy,.self,summary::before{display:none!important}
    section{margin-top:1.5rem}
    details:not(.source)::details-content{content-visibility:visible!important;block-size:auto!important;opacity:1!important}
    .many .finding,.long tbody tr{content-visibility:visible}
    figure,.evidence dd,.about>div,.cmd{break-inside:avoid}
    table{font-size:8pt}
    th,td{padding-right:.5rem;overflow-wrap:anywhere}
    h2,h3,h4,h5{break-after:avoid}
    tr{break-inside:avoid}
    .grade{border:1px solid}
    }

    """#
}
