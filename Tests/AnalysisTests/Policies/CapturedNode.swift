import BundleFormat
import Glibc
import NodeState
import SmallNode

@testable import Analysis

/// What the predecessor sees of a node: `qm list`, the names of `dmsetup ls`, configurations.
struct CapturedNode {
  var machines: String
  var names: [String]
  /// By the path below `/etc/pve/nodes`.
  var configurations: [String: String]

  init(machines: String, names: [String], configurations: [String: String]) {
    self.machines = machines
    self.names = names
    self.configurations = configurations
  }

  /// A node of the lab, from the bytes that its tools printed.
  init(lab name: String) {
    machines = Self.capture("qm-list/\(name)")
    names = Self.capture("dmsetup-ls/\(name)").split(separator: "\n").map { line in
      String(line.split(separator: "\t")[0])
    }
    configurations = [:]
    for part in Self.capture("etc-pve/\(name)").split(separator: "== ./") {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard lines.count == 2, lines[0].hasPrefix("nodes/"), lines[0].hasSuffix(".conf") else {
        continue
      }
      configurations[String(lines[0].dropFirst(6))] = String(lines[1])
    }
  }

  func assessment(policy: Policy = .v27, comparing: Bool = false) -> Assessment {
    var node = SmallNode()
    node.texts[.qmList] = machines
    node.configurations = configurations
    node.texts[.dmsetupInfo] = names.enumerated().map { index, name in
      "\(name)||253|\(index)|0|1|0|L--w\n"
    }.joined()
    node.texts[.dmsetupTable] = names.map { "\($0): 0 8 zero \n" }.joined()
    return Assessment(
      of: NodeSnapshot(reading: node.bundle), policy: policy, comparing: comparing)
  }

  private static func capture(_ path: String) -> String {
    let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    guard let file = fopen("/\(tests)/Fixtures/captures/\(path).txt", "r") else {
      fatalError("no capture \(path)")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}

extension Assessment {
  /// `valid 3, stale 10, …` of the predecessor.
  var predecessorCounts: [Int] {
    guard let predecessor else { return [] }
    return [
      predecessor.valid, predecessor.stale, predecessor.orphaned, predecessor.missing.count,
    ]
  }

  /// The predecessor's words for a mapping.
  func words(for name: String) -> [String]? {
    inventory.mappings.firstIndex { $0.mapping.name == name }.flatMap { position in
      predecessor?.words[position].map(\.rawValue)
    }
  }
}
