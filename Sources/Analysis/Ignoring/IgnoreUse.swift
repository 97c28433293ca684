/// What an ignore list did for one node.
public struct IgnoreUse: Hashable, Sendable {
  /// The lines that matched a finding and hold.
  public internal(set) var matched: Set<Int> = []
  /// The lines that would match but have expired, each with those findings, which count again.
  public internal(set) var expired: [Int: [String]] = [:]

  public init() {}

  /// What a list did for several nodes.
  public mutating func add(_ other: IgnoreUse) {
    matched.formUnion(other.matched)
    expired.merge(other.expired) { $0 + $1 }
  }
}
