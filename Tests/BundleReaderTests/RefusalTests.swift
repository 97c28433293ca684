import BundleFormat
import BundleReader
import BundleWriter
import TestSupport
import Testing

@Suite struct RefusalTests {
  private let sample = SampleBundle()
  private let top = SampleBundle.top

  /// The sample's tar bytes with one more entry behind the manifest.
  private func tar(adding add: (inout TarBytes) -> Void) -> [UInt8] {
    var tar = TarBytes()
    for entry in sample.entries where entry.path.utf8.count < 60 {
      tar.add(name: "\(top)/\(entry.path)", content: entry.content)
      if entry.path == "manifest.json" { add(&tar) }
    }
    return tar.ended
  }

  private func reason(_ bytes: [UInt8]) -> String? {
    guard case .refusedEntry(_, let reason)? = refusal(of: bytes) else { return nil }
    return reason
  }

  @Test func `the sample itself is not refused`() { #expect(refusal(of: tar { _ in }) == nil) }

  @Test(arguments: ["1", "2", "3", "4", "6"] as [Character])
  func `links, devices and pipes are refused`(type: Character) {
    let bytes = tar { $0.add(name: "\(top)/x", type: type, link: "/etc/passwd") }
    #expect(reason(bytes) == "is no plain file and no folder")
  }

  @Test(arguments: [
    ("/etc/passwd", "is an absolute name"), ("../x", "has a component \"..\""),
    ("T/../x", "has a component \"..\""), ("T/a/..", "has a component \"..\""),
    ("T//x", "has an empty component"), ("./T/x", "has a component \".\""),
    ("T/a\u{1B}[2J", "has a control character"), ("T/a\nb", "has a control character"),
    ("T/a\u{7F}", "has a control character"), ("T/a\u{85}", "has a control character"),
    ("other/x", "is a second top folder"), ("T/commands/lvs.out", "is there twice"),
    ("T/manifest.json", "is there twice"), ("lonely", "does not lie in a top folder"),
  ])
  func `names that lead elsewhere or mislead are refused`(name: String, expected: String) {
    let full =
      name.hasPrefix("T/") ? top + name.dropFirst() : name.replacing("/T/", with: "/\(top)/")
    #expect(reason(tar { $0.add(name: full, content: [1]) }) == expected)
  }

  @Test func `a name that is not UTF-8 is refused, and so is none`() {
    let bytes = tar { $0.add(name: Array("\(top)/x".utf8) + [0xFF], claiming: 0) }
    #expect(refusal(of: bytes) != nil)
    #expect(refusal(of: tar { $0.add(name: [], claiming: 0) }) != nil)
  }

  @Test func `the manifest must come first, and be there`() {
    let entries = sample.entries
    for order in [Array(entries.reversed()), Array(entries.dropFirst())] {
      guard case .notABundle? = refusal(of: (try? SampleBundle.archive(.zst, order)) ?? []) else {
        Issue.record("not refused as no bundle")
        continue
      }
    }
  }

  @Test func `nothing follows the last entry`() throws {
    let entries = sample.entries + [("late", [1])]
    #expect(
      try refusal(of: SampleBundle.archive(.gz, entries))
        == .damaged(.after("manifest-end.json"), reason: "an entry follows the last one"))
  }

  @Test func `a newer format is told, whatever else is new`() throws {
    var newer = sample
    newer.manifest.format = 7
    #expect(try refusal(of: newer.archive(.zst)) == .newerFormat(7))
    var tar = TarBytes()
    tar.add(name: "t/manifest.json", content: Array(#"{"format":2,"entries":{}}"#.utf8))
    tar.add(name: "t/link", type: "2", link: "x")
    #expect(refusal(of: tar.ended) == .newerFormat(2))
  }

  @Test func `broken manifests are damage, with the entry and line`() throws {
    let broken = try SampleBundle.archive(.zst, [("manifest.json", Array("{\n".utf8))])
    #expect(
      refusal(of: broken)?.description
        == "is damaged inside manifest.json: line 2: the JSON ends too early")
    var entries = sample.entries
    entries[entries.count - 1].content = Array("[]".utf8)
    guard
      case .damaged(.inside("manifest-end.json"), _)? = refusal(
        of: try SampleBundle.archive(.zst, entries))
    else {
      Issue.record("a broken end was read")
      return
    }
  }

  @Test func `other files are no bundles`() {
    var generator = SeededGenerator(seed: 5)
    let noise = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let foreign: [[UInt8]] = [
      [], [0], Array("hello\n".utf8), noise, [UInt8](repeating: 0, count: 10_240),
      Array("PK\u{3}\u{4}".utf8) + noise, ForeignFilter.xz.compress(noise),
    ]
    for bytes in foreign {
      guard case .notABundle? = refusal(of: bytes) else {
        Issue.record("\(bytes.prefix(8)): \(String(describing: refusal(of: bytes)))")
        continue
      }
    }
  }

  @Test func `what is not there or not readable says so`() {
    #expect(throws: BundleError.unreadable(reason: "No such file or directory")) {
      try NodeBundle(reading: .path("/nowhere/at/all"))
    }
  }

  @Test func `what a collector that failed leaves of a pipe is called empty`() {
    #expect(refusal(of: []) == .notABundle(reason: "it is empty"))
  }

  @Test func `twice compressed is no bundle`() throws {
    let bytes = ForeignFilter.xz.compress(try sample.archive(.gz))
    #expect(refusal(of: bytes) == .notABundle(reason: "it is compressed more than once"))
  }
}
