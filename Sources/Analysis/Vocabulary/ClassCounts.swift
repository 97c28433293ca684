/// How many mappings there are of each class.
public struct ClassCounts: Sendable {
  private var counts = Array(repeating: 0, count: Classification.allCases.count)

  init() {}

  init(of verdicts: [Verdict]) {
    // By index: an element of its own would be a copy.
    for index in verdicts.indices { self[verdicts[index].classification] += 1 }
  }

  public internal(set) subscript(classification: Classification) -> Int {
    get { counts[classification.position] }
    set { counts[classification.position] = newValue }
  }
}

extension Classification {
  /// Where it stands among all, in their order.
  fileprivate var position: Int {
    switch self {
    case .valid: 0
    case .stale: 1
    case .orphaned: 2
    case .duplicate: 3
    case .wrong: 4
    case .unknown: 5
    case .other: 6
    }
  }
}
