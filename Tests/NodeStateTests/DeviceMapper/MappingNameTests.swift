import Glibc
import TestSupport
import Testing

@testable import NodeState

@Suite struct MappingNameTests {
  @Test(arguments: [
    ("pve-vm--100--disk--0", "pve", "vm-100-disk-0", ""),
    ("vg--san----a-vm--100--disk--1.qcow2", "vg-san--a", "vm-100-disk-1.qcow2", ""),
    ("pve-snap_vm--102--disk--0_before", "pve", "snap_vm-102-disk-0_before", ""),
    ("pve-data-tpool", "pve", "data", "tpool"),
    ("pve-data_tdata", "pve", "data_tdata", ""),
  ])
  func `LVM's names come apart and together again`(
    name: String, group: String, volume: String, layer: String
  ) {
    let decoded = MappingName(decoding: name)
    #expect(decoded == MappingName(group: group, volume: volume, layer: layer))
    #expect(decoded.description == name)
  }

  @Test func `a name without a single hyphen is no volume's`() {
    #expect(MappingName(decoding: "mpatha") == MappingName(group: "mpatha", volume: ""))
    #expect(MappingName(decoding: "") == MappingName(group: "", volume: ""))
    #expect(MappingName(decoding: "a-") == MappingName(group: "a-", volume: ""))
    #expect(MappingName(decoding: "-lead") == MappingName(group: "", volume: "lead"))
  }

  /// A name as LVM allows it, so with any number of hyphens but in front.
  private func name(from letters: [Character], _ random: inout SeededGenerator) -> String {
    var name = String(letters.filter { $0 != "-" }.randomElement(using: &random) ?? "a")
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      name.append(letters.randomElement(using: &random) ?? "-")
    }
    return name
  }

  @Test func `encoding and decoding undo each other`() {
    for seed in UInt64(1)...2_000 {
      var random = SeededGenerator(seed: seed)
      let letters = Array("ab0-_.+")
      let made = MappingName(
        group: name(from: letters, &random), volume: name(from: letters, &random),
        layer: Bool.random(using: &random) ? "" : name(from: Array("abc-"), &random))
      #expect(MappingName(decoding: made.description) == made, "seed \(seed)")
    }
  }

  static let hasDMSetup =
    access("/sbin/dmsetup", X_OK) == 0 || access("/usr/sbin/dmsetup", X_OK) == 0

  @Test(
    .enabled(if: hasDMSetup, "dmsetup is not installed here, so there is nothing to agree with"))
  func `decoding agrees with dmsetup splitname`() throws {
    var random = SeededGenerator(seed: 42)
    var names = ["a-b-real", "-lead", "a-b-c-d", "a---b", "a----b-c", "end-", "a--", "plain"]
    for _ in 0..<150 {
      let letters = Array("ab-")
      names.append(name(from: letters, &random))
      names.append(
        MappingName(
          group: name(from: letters, &random), volume: name(from: letters, &random)
        ).description)
    }
    let calls = names.map {
      "dmsetup splitname -c --noheadings --separator '|' -o vg_name,lv_name,lv_layer -- '\($0)'"
    }
    let output = try shell("PATH=$PATH:/sbin:/usr/sbin; \(calls.joined(separator: "; "))")
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count == names.count + 1)
    for (name, line) in zip(names, lines) {
      let decoded = MappingName(decoding: name)
      #expect("\(decoded.group)|\(decoded.volume)|\(decoded.layer)" == line, "\(name)")
    }
  }

  private func shell(_ command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
