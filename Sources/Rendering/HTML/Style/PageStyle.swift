/// The page's style: one style element, written in parts by concern.
enum PageStyle {
  static let parts: [StaticString] = [colours, layout, verdict, findings, tables, pictures, paper]
}
