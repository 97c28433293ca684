import BundleFormat

/// What a generated node is known to be, whatever an analyzer says.
public struct NodeTruth: Hashable, Sendable {
  /// By the bytes of the name.
  public var mappings: [ExpectedMapping] = []
  /// By guest and slot.
  public var missing: [ExpectedMissing] = []

  public init() {}

  /// One line a mapping and one a missing disk, fields separated by tabs, a heading above each.
  public var table: [UInt8] {
    var text = TextBuffer()
    text.line("mapping\tclass\trule\tstep\tchildren\tplot")
    for row in mappings {
      let step = row.step?.rawValue ?? "none"
      let children = row.children.joined(separator: ",")
      text.line(
        "\(row.name)\t\(row.classification)\t\(row.rule)\t\(step)\t\(children)\t\(row.plot)")
    }
    text.line("guest\tslot\trule\tcertain\tplot")
    for row in missing {
      text.line("\(row.guest)\t\(row.slot)\t\(row.rule)\t\(row.isCertain)\t\(row.plot)")
    }
    return text.bytes
  }
}

/// A mapping's true class, rule and step.
public struct ExpectedMapping: Hashable, Sendable {
  public let name: String
  /// Empty for a mapping without.
  public let uuid: String
  public let classification: String
  public let rule: String
  public let step: ExpectedStep?
  /// The closed partitions that the step takes away first.
  public let children: [String]
  /// The index of the story that the mapping belongs to; -1 for the host's own.
  public let plot: Int
}

/// What the cleanup does with a mapping: the phase and the verb.
public enum ExpectedStep: String, Hashable, Sendable {
  case deactivateFirst = "1 lvchange"
  case deactivate = "2 lvchange"
  case remove = "2 remove"
  case removeByName = "2 remove-by-name"

  public var phase: Int { self == .deactivateFirst ? 1 : 2 }
}

/// A disk that a configuration names and no mapping shows.
public struct ExpectedMissing: Hashable, Sendable {
  public let guest: Int
  public let slot: String
  public let rule: String
  /// False where the rules leave open whether there is a row.
  public let isCertain: Bool
  public let plot: Int
}
