/// What the page can do more where JavaScript runs: one script element, written in parts by concern.
///
/// It makes elements and sets their text; it never reads markup. Nothing is listened to by the row.
enum PageScript {
  static let parts: [StaticString] = [tools, copying, sorting, filtering, links, printing]
}
