import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import TestSupport
import Testing

@testable import Rendering

/// The script and the plan are the same plan, step by step.
struct ScriptPlanTests {
  private func nodes(_ seeds: ClosedRange<UInt64>) -> [(seed: UInt64, node: StubbedNode)] {
    seeds.map { seed in
      let options = GeneratorOptions(guests: 24, faultPercent: 70)
      return (seed, StubbedNode(GeneratedNode(seed: seed, options: options).bundle))
    }
  }

  @Test func `each step of the plan is one line of the script`() {
    var count = 0
    for seed in UInt64(1)...40 {
      let bundle = GeneratedNode(seed: seed, options: .init(guests: 24, faultPercent: 70)).bundle
      let assessment = Assessment(of: NodeSnapshot(reading: bundle))
      let plan = assessment.plan
      let expected = (plan.phase1 + plan.phase2).flatMap { $0.children + [$0] }
      let lines = (CleanupScript(assessment)?.text ?? "").split(separator: "\n")
        .filter { $0.hasPrefix("  step '") }
      #expect(lines.count == expected.count, "seed \(seed)")
      for (line, step) in zip(lines, expected) {
        let fields = line.dropFirst("  step '".count).dropLast()
          .split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        #expect(fields.count == 20, "seed \(seed)")
        #expect(fields[1] == "\(step.phase)", "seed \(seed)")
        #expect(fields[3] == step.rule.name, "seed \(seed)")
        #expect(fields[5] == step.mapping, "seed \(seed)")
        #expect(fields[6] == step.uuid ?? "", "seed \(seed)")
        count += 1
      }
    }
    #expect(count > 40)
  }

  @Test func `every step is carried out with the plan's arguments and no others`() {
    var count = 0
    for (seed, node) in nodes(1...12) {
      let plan = node.assessment.plan
      guard node.script != nil else { continue }
      #expect(node.run("") == 0, "seed \(seed): \(node.said)")
      #expect(node.removals.isEmpty, "seed \(seed): check acts")
      #expect(node.run("--yes") == 0, "seed \(seed): \(node.said)")
      for step in plan.phase2 {
        #expect(node.run("--yes --only \(step.mapping)") == 0, "seed \(seed): \(node.said)")
      }
      let expected = (plan.phase1 + plan.phase2).flatMap { $0.children + [$0] }.map(\.argv)
      #expect(node.removals == expected, "seed \(seed)")
      let forbidden: Set = [
        "--force", "-f", "--deferred", "remove_all", "lvremove", "vgchange", "wipe_table",
        "udevcomplete_all", "clear", "suspend", "resume", "reload",
      ]
      #expect(!node.calls.joined().contains(where: forbidden.contains), "seed \(seed)")
      count += expected.count
    }
    #expect(count > 20)
  }

  @Test(.enabled(if: Shells.busybox != nil, "busybox is not installed"))
  func `dash, bash and busybox say and do the same`() throws {
    let busybox = try #require(Shells.busybox)
    var said: [String] = []
    var removals: [[[String]]] = []
    for shell in ["dash", "bash", busybox] {
      let bundle = GeneratedNode(seed: 5, options: .init(guests: 24, faultPercent: 70)).bundle
      let node = StubbedNode(bundle)
      var words = "\(node.run("", by: shell)) \(node.said)"
      words += "\(node.run("--yes", by: shell)) \(node.said)"
      said.append(words.replacing(node.folder.path, with: "ROOT").lines(without: "undo-"))
      removals.append(node.removals)
    }
    #expect(said[0] == said[1] && said[0] == said[2])
    #expect(removals[0] == removals[1] && removals[0] == removals[2])
  }

  @Test func `the script is clean under shellcheck`() {
    for (seed, node) in nodes(1...4) where node.script != nil {
      let status = node.folder.run("shellcheck \(node.folder.path)/script.sh >&2")
      #expect(status == 0, "seed \(seed)")
    }
  }

  @Test func `the plan's digest names the plan and not the bundle's time`() {
    let options = GeneratorOptions(guests: 12, faultPercent: 70)
    let digests = (UInt64(1)...2).map { seed in
      let bundle = GeneratedNode(seed: seed, options: options).bundle
      return PlanDigest(of: Assessment(of: NodeSnapshot(reading: bundle)).plan).hex
    }
    #expect(digests[0].utf8.count == 64)
    #expect(digests[0] != digests[1])
  }
}

/// The shells that a script has to run under.
enum Shells {
  /// Nil where it is not installed.
  static let busybox: String? = {
    TemporaryFolder().run("command -v busybox >/dev/null") == 0 ? "busybox sh" : nil
  }()
}

extension String {
  func lines(without word: String) -> String {
    split(separator: "\n").filter { !$0.contains(word) }.joined(separator: "\n")
  }
}
