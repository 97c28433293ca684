import BundleFormat
import NodeGenerator
import Testing

/// Generated nodes are judged as the rules' table says.
struct GeneratedTruthTests {
  @Test func `every mapping of a generated node has its true class, rule and step`() {
    Counterexample.record(trials: Trials.count(800), options: options) {
      differences(of: JudgedNode($0.bundle), from: $0).first
    }
  }

  @Test func `every missing disk of a generated node is found, and no other`() {
    Counterexample.record(trials: Trials.count(400), options: options) {
      missingDifferences(of: JudgedNode($0.bundle), from: $0).first
    }
  }

  private func options(_ trial: Int) -> GeneratorOptions {
    GeneratorOptions(guests: 3 + trial % 12, faultPercent: trial % 5 * 25)
  }

  @Test func `a big node is judged as a small one`() {
    let options = GeneratorOptions(guests: 150, mappings: 400, faultPercent: 30)
    let node = GeneratedNode(seed: 4711, options: options)
    let wrong = differences(of: JudgedNode(node.bundle), from: node)
    #expect(wrong.isEmpty, "seed 4711: \(wrong.prefix(5).joined(separator: "; "))")
  }

  @Test func `the same seed makes the same node`() {
    for seed in 0..<UInt64(Trials.count(40)) {
      let (one, other) = (GeneratedNode(seed: seed), GeneratedNode(seed: seed))
      #expect(one.truth == other.truth, "seed \(seed)")
      #expect(one.bundle.manifest == other.bundle.manifest, "seed \(seed)")
      for (left, right) in zip(one.bundle.entries, other.bundle.entries) {
        #expect(left.result == right.result, "seed \(seed), \(left.result.planned.path)")
        #expect(left.content == right.content, "seed \(seed), \(left.result.planned.path)")
      }
    }
  }

  @Test func `every story is told, and every name of a mapping is used once`() {
    var told: Set<String> = []
    for seed in 0..<UInt64(300) {
      let node = GeneratedNode(seed: seed, options: GeneratorOptions(guests: 6, faultPercent: 80))
      told.formUnion(node.plots.compactMap { $0 })
      let names = Set(node.truth.mappings.map(\.name))
      #expect(names.count == node.truth.mappings.count, "seed \(seed)")
    }
    let untold = Set(GeneratedNode.plotNames).subtracting(told)
    #expect(untold.isEmpty, "\(untold.sorted().joined(separator: ", "))")
  }
}

/// Each mapping whose verdict is not its truth, in words.
private func differences(of judged: JudgedNode, from node: GeneratedNode) -> [String] {
  var differences: [String] = []
  for truth in node.truth.mappings {
    let expected = JudgedNode.Verdict(
      classification: truth.classification, rule: truth.rule, step: truth.step,
      children: truth.children)
    guard let verdict = judged.verdicts[truth.name] else {
      differences.append("\(truth.name): no verdict")
      continue
    }
    if verdict != expected {
      differences.append("\(truth.name): expected \(expected); got \(verdict)")
    }
  }
  let known = Set(node.truth.mappings.map(\.name))
  for name in judged.verdicts.keys.sorted() where !known.contains(name) {
    differences.append("\(name): a verdict on a mapping that isn't there")
  }
  return differences
}

/// Each missing disk that is not as the truth has it.
private func missingDifferences(of judged: JudgedNode, from node: GeneratedNode) -> [String] {
  let rows = Set(judged.missing)
  let expected = node.truth.missing.map {
    JudgedNode.Missing(guest: $0.guest, slot: $0.slot, rule: $0.rule)
  }
  var differences: [String] = []
  for (row, truth) in zip(expected, node.truth.missing)
  where truth.isCertain && !rows.contains(row) {
    differences.append("guest \(row.guest), \(row.slot): expected \(row.rule)")
  }
  let open = Set(node.truth.missing.filter { !$0.isCertain }.map { "\($0.guest)/\($0.slot)" })
  for row in judged.missing
  where !expected.contains(row) && !open.contains("\(row.guest)/\(row.slot)") {
    differences.append("guest \(row.guest), \(row.slot): \(row.rule) of a disk that isn't missing")
  }
  return differences
}
