import BundleFormat

/// Anchors that are there once each, and in which nothing is a blank.
struct AnchorNames {
  /// What the page's own parts are called: nothing from a bundle takes it.
  private var taken: Set<String>
  /// The number that the next of those has that are called alike.
  private var numbers: [String: Int] = [:]

  init() {
    taken = Set(PageSection.allCases.flatMap { [$0.rawValue, "\($0.rawValue)-heading"] })
    taken.insert("filter")
    taken.formUnion(SourceID.allCases.map(Self.anchor))
  }

  /// The anchor of a raw source.
  static func anchor(of source: SourceID) -> String { "source-\(source.rawValue)" }

  /// Returns the name, or the name with a number behind it if somebody has it already.
  mutating func add(_ name: String) -> String {
    let anchor = Self.withoutBlanks(name)
    if taken.insert(anchor).inserted { return anchor }
    var number = numbers[anchor] ?? 2
    while !taken.insert("\(anchor)~\(number)").inserted { number += 1 }
    numbers[anchor] = number + 1
    return "\(anchor)~\(number)"
  }

  private static func withoutBlanks(_ name: String) -> String {
    if name.isEmpty { return "unnamed" }
    if name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return name }
    var anchor = ""
    for scalar in TerminalText.escaped(name).unicodeScalars {
      anchor.unicodeScalars.append(scalar.properties.isWhitespace ? "_" : scalar)
    }
    return anchor
  }
}
