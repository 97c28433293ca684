import NodeGenerator
import Testing

/// A generated node on which a property fails, made small: the seed and stories that show it.
struct Counterexample: CustomStringConvertible {
  let seed: UInt64
  let plots: [String]
  let reason: String

  var description: String {
    "seed \(seed), stories \(plots.joined(separator: ", ")): \(reason)"
  }

  /// Tries a property on a node; when it fails, leaves out one story after the other that the
  /// failure doesn't need.
  ///
  /// - Parameter failure: Why the property doesn't hold for a node; nil when it does.
  static func search(
    seed: UInt64, options: GeneratorOptions, failure: (GeneratedNode) -> String?
  ) -> Counterexample? {
    var node = GeneratedNode(seed: seed, options: options)
    guard var reason = failure(node) else { return nil }
    for index in node.plots.indices {
      var fewer = node.options
      fewer.omittedPlots.insert(index)
      let smaller = GeneratedNode(seed: seed, options: fewer)
      if let stillWrong = failure(smaller) { (node, reason) = (smaller, stillWrong) }
    }
    let plots = node.plots.enumerated().compactMap { index, name in name.map { "\(index) \($0)" } }
    return Counterexample(seed: seed, plots: plots, reason: reason)
  }

  /// Tries a property on many nodes and records the first few that it fails on.
  static func record(
    trials: Int, options: (Int) -> GeneratorOptions, failure: (GeneratedNode) -> String?
  ) {
    var found = 0
    for trial in 0..<trials where found < 3 {
      let counterexample = search(
        seed: UInt64(trial), options: options(trial), failure: failure)
      guard let counterexample else { continue }
      found += 1
      Issue.record("\(counterexample)")
    }
  }
}
