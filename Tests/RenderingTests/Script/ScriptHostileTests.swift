import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import TestSupport
import Testing

@testable import Rendering

/// A bundle is written by whoever had the node: nothing in it may be interpreted.
struct ScriptHostileTests {
  /// What would be noticed: a file made in the node's folder, or an argument that nobody planned.
  private static let words = [
    "$(touch $ROOT/caught)", "`touch $ROOT/caught`", "'; touch $ROOT/caught; '",
    "\"; touch $ROOT/caught; \"", "|touch $ROOT/caught|", "\ntouch $ROOT/caught\n", "--force", "-f",
    "\\x24\\x28touch\\x20caught\\x29", "*", "a b", "\u{1B}[2J", "é\u{202E}",
    String(repeating: "x", count: 127), "${ROOT}", "&& touch $ROOT/caught",
  ]

  @Test(arguments: words)
  func `a hostile word is nowhere interpreted`(_ word: String) {
    for place in Place.allCases {
      let generated = GeneratedNode(seed: 5, options: .init(guests: 12, faultPercent: 70))
      let node = StubbedNode(place.poisoned(generated.bundle, with: word))
      if let isExpected = place.givesScript(with: word) {
        #expect((node.script != nil) == isExpected, "\(place) \(word)")
      }
      guard node.script != nil else { continue }
      let path = "\(node.folder.path)/script.sh"
      for shell in ["dash", "bash"] {
        #expect(node.folder.run("\(shell) -n \(path)") == 0, "\(place) \(word)")
      }
      if place == .mappingNames {
        #expect(node.folder.run("shellcheck \(path) >&2") == 0, "\(place) \(word)")
      }
      _ = node.run("")
      _ = node.run("--yes")
      let plan = node.assessment.plan
      for step in plan.phase2.prefix(1) {
        _ = node.run("--yes --only \(ShellWord(step.mapping))")
      }
      let planned = Set((plan.phase1 + plan.phase2).flatMap { $0.children + [$0] }.map(\.argv))
      #expect(node.removals.allSatisfy(planned.contains), "\(place) \(word)")
      #expect(!node.folder.exists("caught"), "\(place) \(word)")
    }
  }

  /// Where the word is put.
  enum Place: CaseIterable {
    /// Every mapping whose name ends in 0 has it at its end.
    case mappingNames
    case guestNames
    case groupNames
    case nodeName
    case machineID
    case tables

    /// Whether there is a step all the same; nil where it depends on the word.
    func givesScript(with word: String) -> Bool? {
      switch self {
      case .guestNames: true
      case .nodeName, .machineID, .tables: false
      case .mappingNames: ["--force", "-f"].contains(word) ? true : nil
      // LVM gives no group such a name, and no command meets it.
      case .groupNames: ["--force", "a b", "*"].contains(word) ? false : nil
      }
    }

    func poisoned(_ bundle: NodeBundle, with word: String) -> NodeBundle {
      var manifest = bundle.manifest
      if self == .nodeName { manifest.node.name = word }
      if self == .machineID { manifest.node.machineID = word }
      let entries = bundle.entries.map { entry -> BundleEntry in
        guard let content = entry.content, let source = entry.result.planned.source else {
          return entry
        }
        return BundleEntry(
          result: entry.result,
          content: poisoned(content, of: source, word, bundle.manifest.node.name),
          standardError: entry.standardError, isIntact: entry.isIntact)
      }
      return NodeBundle(
        manifest: manifest, finishedAt: bundle.finishedAt, entries: entries, sha256: bundle.sha256,
        source: bundle.source)
    }

    private func poisoned(
      _ content: [UInt8], of source: SourceID, _ word: String, _ nodeName: String
    ) -> [UInt8] {
      func replace(_ old: String, _ new: String) -> [UInt8] {
        Array(String(decoding: content, as: UTF8.self).replacing(old, with: new).utf8)
      }
      switch (self, source) {
      case (.mappingNames, .dmsetupInfo): return replace("disk--0|", "disk--0\(word)|")
      case (.mappingNames, .dmsetupTable): return replace("disk--0: ", "disk--0\(word): ")
      case (.guestNames, .guestConfigs): return replace("name: ", "name: \(word)")
      case (.groupNames, .vgs), (.groupNames, .lvs), (.groupNames, .pvs):
        return replace("\"vg_name\":\"", "\"vg_name\":\"\(word)")
      case (.tables, .dmsetupTable): return replace("linear ", "linear \(word) ")
      case (.nodeName, .pveMembers):
        var json = JSONWriter()
        json.value(word)
        return replace("\"\(nodeName)\",\n", String(decoding: json.bytes, as: UTF8.self) + ",\n")
      default: return content
      }
    }
  }
}
