import NodeGenerator
import Testing

/// Changes that mean nothing change nothing.
struct GeneratedVariationTests {
  @Test(arguments: GeneratorOptions.Variation.allCases)
  func `a change that means nothing changes no verdict`(_ variation: GeneratorOptions.Variation) {
    Counterexample.record(
      trials: Trials.count(250),
      options: { GeneratorOptions(guests: 3 + $0 % 9, faultPercent: 60) },
      failure: { node in
        var options = node.options
        options.variations = [variation]
        let varied = JudgedNode(GeneratedNode(seed: node.seed, options: options).bundle)
        for (name, verdict) in JudgedNode(node.bundle).verdicts.sorted(by: { $0.key < $1.key })
        where varied.verdicts[name] != verdict {
          let other = varied.verdicts[name].map(\.description) ?? "nothing"
          return "\(name): was \(verdict), and is \(other) with \(variation)"
        }
        return nil
      })
  }
}
