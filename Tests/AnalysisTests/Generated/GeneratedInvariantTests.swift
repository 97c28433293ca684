import BundleFormat
import NodeGenerator
import Testing

/// What holds for every node and every way in which a bundle can be incomplete.
struct GeneratedInvariantTests {
  private func options(_ trial: Int) -> GeneratorOptions {
    GeneratorOptions(guests: 3 + trial % 9, faultPercent: 60 + trial % 40)
  }

  @Test func `a source taken away never adds a runnable step`() {
    Counterexample.record(trials: Trials.count(1500), options: options) { node in
      var random = SplitMix64(seed: node.seed, stream: 1)
      let steps = JudgedNode(node.bundle).steps
      for source in random.shuffled(SourceID.allCases).prefix(8) {
        let absence = random.pick(NodeBundle.Absence.allCases)
        let poorer = JudgedNode(node.bundle.without(source, absence))
        if let added = poorer.steps.subtracting(steps).first {
          return "without \(source.rawValue) (\(absence)) there is a step for \(added.mapping)"
        }
      }
      return nil
    }
  }

  @Test func `a missing second reading never adds a runnable step`() {
    Counterexample.record(trials: Trials.count(300), options: options) { node in
      let steps = JudgedNode(node.bundle).steps
      let once = JudgedNode(node.bundle.withoutSecondReading())
      return once.steps.subtracting(steps).first.map {
        "read once there is a step for \($0.mapping)"
      }
    }
  }

  @Test func `an entry cut short at any byte never adds a runnable step`() {
    Counterexample.record(trials: Trials.count(1500), options: options) { node in
      var random = SplitMix64(seed: node.seed, stream: 2)
      let steps = JudgedNode(node.bundle).steps
      for _ in 0..<6 {
        let position = node.bundle.pickEntry(random: &random)
        let entry = node.bundle.entries[position]
        let byte = random.below((entry.content ?? []).count + 1)
        let agrees = random.chance(percent: 70)
        // Nothing vouches for what fstab still says when its end is gone and its hash is right.
        if agrees, entry.result.planned.source == .fstab { continue }
        let cut = node.bundle.cutting(position, at: byte, hashAgrees: agrees)
        if let added = JudgedNode(cut).steps.subtracting(steps).first {
          return "\(entry.result.planned.path) cut at \(byte) (hash agrees: \(agrees)) adds a step "
            + "for \(added.mapping)"
        }
      }
      return nil
    }
  }

  @Test func `a spoilt line never crashes, and adds no step that anything else contradicts`() {
    Counterexample.record(trials: Trials.count(3000), options: options) { node in
      var random = SplitMix64(seed: node.seed, stream: 3)
      let steps = JudgedNode(node.bundle).steps
      for _ in 0..<6 {
        let position = node.bundle.pickEntry(random: &random)
        let entry = node.bundle.entries[position]
        let corruption = random.pick(LineCorruption.allCases)
        guard let spoilt = corruption.apply(to: entry.content ?? [], random: &random) else {
          continue
        }
        let judged = JudgedNode(node.bundle.replacing(position, with: spoilt))
        guard let added = judged.steps.subtracting(steps).first,
          node.bundle.contradicts(corruption, of: position)
        else { continue }
        return "\(entry.result.planned.path) with a line \(corruption) adds a step for "
          + "\(added.mapping): \(difference(of: entry.content ?? [], and: spoilt))"
      }
      return nil
    }
  }

  @Test func `nothing that is open has a step, whatever is missing`() {
    Counterexample.record(trials: Trials.count(600), options: options) { node in
      var random = SplitMix64(seed: node.seed, stream: 4)
      let position = node.bundle.pickEntry(random: &random)
      let content = node.bundle.entries[position].content ?? []
      let corruption = random.pick(LineCorruption.allCases)
      let spoilt = corruption.apply(to: content, random: &random) ?? []
      let source = random.pick(SourceID.allCases)
      let bundles = [
        node.bundle, node.bundle.without(source, .failed),
        node.bundle.replacing(position, with: spoilt),
      ]
      for bundle in bundles {
        if let step = JudgedNode(bundle).steps.first(where: { isHeld($0, in: bundle) }) {
          return "\(step.mapping) is open and has a step"
        }
      }
      return nil
    }
  }

  @Test func `nothing that a running guest's configuration names has a step`() {
    Counterexample.record(trials: Trials.count(600), options: options) { node in
      let source = SourceID.allCases[Int(node.seed) % SourceID.allCases.count]
      let here = RunningConfigurations(node.bundle)
      for bundle in [node.bundle, node.bundle.without(source, .timedOut)] {
        if let step = JudgedNode(bundle).steps.first(where: { here.name($0.mapping) }) {
          return "\(step.mapping) is a running guest's and has a step"
        }
      }
      return nil
    }
  }

  @Test func `every mapping has one verdict, and the same bundle the same words`() {
    Counterexample.record(trials: Trials.count(200), options: options) { node in
      let (one, other) = (JudgedNode(node.bundle), JudgedNode(node.bundle))
      if one.words != other.words { return "two runs say different things" }
      if one.words.count != one.verdicts.count { return "a mapping has two verdicts" }
      return nil
    }
  }
}

/// Whether somebody has a mapping open, partitions that the cleanup takes away first left out, by
/// the bundle's own text.
private func isHeld(_ step: JudgedNode.Step, in bundle: NodeBundle) -> Bool {
  let content = bundle.entry(of: .dmsetupInfo)?.content ?? []
  let rows = String(decoding: content, as: UTF8.self).split(separator: "\n").map {
    $0.split(separator: "|", omittingEmptySubsequences: false)
  }
  let openCounts = rows.compactMap { row -> (uuid: String, open: Int)? in
    guard row.count == 8, let open = Int(row[4]) else { return nil }
    return String(row[0]) == step.mapping || row[1].hasSuffix("-\(step.uuid)")
      ? (String(row[1]), open) : nil
  }
  let own = openCounts.first { $0.uuid == step.uuid }?.open ?? 0
  let partitions = openCounts.filter { !step.uuid.isEmpty && $0.uuid.hasSuffix("-\(step.uuid)") }
  return partitions.contains { $0.open > 0 } || own > partitions.count
}

extension NodeBundle {
  /// The bundle as a collector would have left it that looked only once.
  fileprivate func withoutSecondReading() -> NodeBundle {
    NodeBundle(
      manifest: manifest, finishedAt: finishedAt,
      entries: entries.filter { $0.result.reading == 1 }, sha256: sha256, source: source)
  }

  /// Whether the rest of the bundle tells that a line is spoilt.
  ///
  /// One figure or name that is another can only be told from the truth by a second reading, or by
  /// the manifest, which has this node's name. Of fstab and storage.cfg there is neither, nothing
  /// counts their lines, and Proxmox VE itself obeys them as they stand.
  fileprivate func contradicts(_ corruption: LineCorruption, of position: Int) -> Bool {
    guard let source = entries[position].result.planned.source, source != .fstab,
      source != .storageCfg
    else { return false }
    return !corruption.isPlausible || source == .pveMembers
      || !positions(of: source, reading: 2).isEmpty
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
