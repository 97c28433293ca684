import BundleFormat
import NodeGenerator
import Testing

/// What holds for every node and every way in which a bundle can be incomplete.
struct GeneratedInvariantTests {
  private func options(_ trial: Int) -> GeneratorOptions {
    GeneratorOptions(guests: 3 + trial % 9, faultPercent: 60 + trial % 40)
  }

  @Test func `a source taken away never adds a runnable step`() {
    for trial in 0..<Trials.count(1500) {
      var random = SplitMix64(seed: UInt64(trial), stream: 1)
      let sources = random.shuffled(SourceID.allCases).prefix(6)
      let absences = sources.map { _ in random.pick(NodeBundle.Absence.allCases) }
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options(trial)) {
        node in
        let steps = JudgedNode(node.bundle).steps
        for (source, absence) in zip(sources, absences) {
          let poorer = JudgedNode(node.bundle.without(source, absence))
          if let added = poorer.steps.subtracting(steps).first {
            return "without \(source.rawValue) (\(absence)) there is a step for \(added.mapping)"
          }
        }
        return nil
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }

  @Test func `a missing second reading never adds a runnable step`() {
    for trial in 0..<Trials.count(300) {
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options(trial)) {
        node in
        let steps = JudgedNode(node.bundle).steps
        let once = node.bundle.withoutSecondReading()
        return JudgedNode(once).steps.subtracting(steps).first.map {
          "read once there is a step for \($0.mapping)"
        }
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }

  @Test func `an entry cut short at any byte never adds a runnable step`() {
    for trial in 0..<Trials.count(1500) {
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options(trial)) {
        node in
        var random = SplitMix64(seed: UInt64(trial), stream: 2)
        let steps = JudgedNode(node.bundle).steps
        for _ in 0..<6 {
          let position = node.bundle.pickEntry(random: &random)
          let entry = node.bundle.entries[position]
          let byte = random.below((entry.content ?? []).count + 1)
          let agrees = random.chance(percent: 70)
          let cut = node.bundle.cutting(position, at: byte, hashAgrees: agrees)
          if let added = JudgedNode(cut).steps.subtracting(steps).first {
            return
              "\(entry.result.planned.path) cut at \(byte) (hash agrees: \(agrees)) adds a step "
              + "for \(added.mapping)"
          }
        }
        return nil
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }

  @Test func `a spoilt line never adds a runnable step`() {
    for trial in 0..<Trials.count(3000) {
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options(trial)) {
        node in
        var random = SplitMix64(seed: UInt64(trial), stream: 3)
        let steps = JudgedNode(node.bundle).steps
        for _ in 0..<6 {
          let position = node.bundle.pickEntry(random: &random)
          let entry = node.bundle.entries[position]
          let corruption = random.pick(LineCorruption.allCases)
          guard let spoilt = corruption.apply(to: entry.content ?? [], random: &random) else {
            continue
          }
          let judged = JudgedNode(node.bundle.replacing(position, with: spoilt))
          if let added = judged.steps.subtracting(steps).first {
            return "\(entry.result.planned.path) with a line \(corruption) adds a step for "
              + "\(added.mapping): \(difference(of: entry.content ?? [], and: spoilt))"
          }
        }
        return nil
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }

  @Test func `every mapping has one verdict, and the same bundle the same words`() {
    for trial in 0..<Trials.count(200) {
      let counterexample = Counterexample.search(seed: UInt64(trial), options: options(trial)) {
        node in
        let (one, other) = (JudgedNode(node.bundle), JudgedNode(node.bundle))
        if one.words != other.words { return "two runs say different things" }
        if one.words.count != one.verdicts.count { return "a mapping has two verdicts" }
        return nil
      }
      if let counterexample { Issue.record("\(counterexample)") }
    }
  }
}

extension NodeBundle {
  /// The bundle as a collector would have left it that looked only once.
  fileprivate func withoutSecondReading() -> NodeBundle {
    NodeBundle(
      manifest: manifest, finishedAt: finishedAt,
      entries: entries.filter { $0.result.reading == 1 }, sha256: sha256, source: source)
  }

  /// Picks an entry with content; the sources that verdicts hang on come up most.
  fileprivate func pickEntry(random: inout SplitMix64) -> Int {
    let filled = entries.indices.filter { !(entries[$0].content ?? []).isEmpty }
    let required = filled.filter { entries[$0].result.planned.source?.isRequired == true }
    return random.pick(random.chance(percent: 80) ? required : filled)
  }
}

/// The first line in which two texts differ, as it was and as it is.
private func difference(of old: [UInt8], and new: [UInt8]) -> String {
  let lines = [old, new].map {
    $0.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }
  let same = zip(lines[0], lines[1]).prefix { $0.elementsEqual($1) }.count
  let words = lines.map { side in
    side.indices.contains(same) ? String(decoding: side[same].prefix(700), as: UTF8.self) : ""
  }
  return "line \(same + 1) was \"\(words[0])\" and is \"\(words[1])\""
}
