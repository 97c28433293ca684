/// Rules in the order in which they are asked.
///
/// What each wants stands beside the rules by itself: most are passed over without touching them.
struct RuleSequence: Sendable {
  private let rules: [Rule]
  private let wishes: [Wish]

  private struct Wish {
    let looksAt: UInt64
    let wants: UInt64
  }

  init(_ rules: [Rule]) {
    self.rules = rules
    wishes = rules.map {
      Wish(looksAt: $0.wanted.union($0.unwanted).rawValue, wants: $0.wanted.rawValue)
    }
  }

  var indices: Range<Int> { wishes.indices }

  subscript(index: Int) -> Rule { rules[index] }

  /// Whether the mapping has what the rule wants, and nothing that it doesn't stand.
  func concerns(_ traits: MappingTraits, at index: Int) -> Bool {
    traits.rawValue & wishes[index].looksAt == wishes[index].wants
  }
}
