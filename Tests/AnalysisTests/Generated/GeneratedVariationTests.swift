import NodeGenerator
import Testing

/// Changes that mean nothing change nothing.
struct GeneratedVariationTests {
  @Test(arguments: GeneratorOptions.Variation.allCases)
  func `a change that means nothing changes no verdict`(_ variation: GeneratorOptions.Variation) {
    for trial in 0..<Trials.count(250) {
      let options = GeneratorOptions(guests: 3 + trial % 9, faultPercent: 60)
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options) { node in
        var options = node.options
        options.variations = [variation]
        let varied = JudgedNode(GeneratedNode(seed: node.seed, options: options).bundle)
        for (name, verdict) in JudgedNode(node.bundle).verdicts.sorted(by: { $0.key < $1.key })
        where varied.verdicts[name] != verdict {
          let other = varied.verdicts[name].map(\.description) ?? "nothing"
          return "\(name): was \(verdict), and is \(other) with \(variation)"
        }
        return nil
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }
}
