import BundleFormat
import BundleReader
import Testing

/// Headers that other writers put before an entry. Source: POSIX pax; GNU tar manual.
@Suite struct TarExtensionTests {
  private let top = SampleBundle.top

  /// The sample's entries with more bytes behind the first.
  private func tar(adding add: (inout TarBytes) -> Void) -> [UInt8] {
    var tar = TarBytes()
    for entry in SampleBundle().entries where entry.path.utf8.count < 60 {
      tar.add(name: "\(top)/\(entry.path)", content: entry.content)
      if entry.path == "manifest.json" { add(&tar) }
    }
    return tar.ended
  }

  private func record(_ text: String) -> [UInt8] {
    var length = text.utf8.count + 3
    while "\(length) \(text)\n".utf8.count != length { length += 1 }
    return Array("\(length) \(text)\n".utf8)
  }

  private func extended(by records: [UInt8], type: Character = "x") -> [UInt8] {
    tar {
      $0.add(name: "PaxHeader", type: type, content: records)
      $0.add(name: "\(top)/short", content: [1, 2, 3])
    }
  }

  @Test func `a pax path replaces the header's`() throws {
    let bytes = extended(by: record("mtime=1.5") + record("path=\(top)/files/länger=x"))
    #expect(try read(bytes).unlisted == ["files/länger=x"])
  }

  @Test func `GNU's long name replaces the header's`() throws {
    let name = "\(top)/files/" + String(repeating: "n", count: 150)
    let bytes = extended(by: Array(name.utf8) + [0], type: "L")
    #expect(try read(bytes).unlisted == [String(name.dropFirst(top.utf8.count + 1))])
  }

  @Test func `global records and long link targets are passed over`() throws {
    #expect(try read(extended(by: record("comment=x"), type: "g")).unlisted == ["short"])
    #expect(try read(extended(by: Array("x\u{0}".utf8), type: "K")).unlisted == ["short"])
  }

  @Test func `a pax size counts, and a header's prefix belongs to the name`() throws {
    let bytes = tar {
      $0.add(name: "PaxHeader", type: "x", content: record("size=4"))
      $0.add(name: Array("\(top)/sized".utf8), content: [1, 2, 3, 4], claiming: 0)
    }
    #expect(try read(bytes).unlisted == ["sized"])
  }

  @Test(arguments: [
    "path", "5", "0 a=b\n", "99 a=b\n", "x a=b\n", "6 a=b\n\n\n\n", "7 size=x\n",
    "999999999999999999999 a=b\n", "-6 a=b\n", " \n", "3 \n",
  ])
  func `records that are none are damage`(text: String) {
    guard case .damaged(.after("manifest.json"), _)? = refusal(of: extended(by: Array(text.utf8)))
    else {
      Issue.record("\(String(describing: refusal(of: extended(by: Array(text.utf8)))))")
      return
    }
  }

  @Test func `a path in records is checked as any other`() {
    #expect(
      refusal(of: extended(by: record("path=\(top)/../../etc/passwd")))
        == .refusedEntry(name: "\(top)/../../etc/passwd", reason: "has a component \"..\""))
    #expect(
      refusal(of: extended(by: record("path=\(top)/a\u{0}b")))
        == .refusedEntry(name: "\(top)/a\u{0}b", reason: "has a control character"))
  }

  @Test func `sparse files are refused`() {
    #expect(
      refusal(of: extended(by: record("GNU.sparse.major=1") + record("path=\(top)/holes")))
        == .refusedEntry(name: "\(top)/holes", reason: "is a sparse file"))
    let old = tar { $0.add(name: "\(top)/holes", type: "S") }
    #expect(
      refusal(of: old)
        == .refusedEntry(name: "\(top)/holes", reason: "is no plain file and no folder"))
  }

  @Test func `extensions end somewhere`() {
    let many = tar { tar in
      for _ in 0..<20 { tar.add(name: "PaxHeader", type: "x", content: record("a=b")) }
    }
    #expect(
      refusal(of: many)
        == .damaged(.after("manifest.json"), reason: "one entry has too many headers"))
    let long = extended(by: [UInt8](repeating: 0x41, count: 70_000))
    #expect(refusal(of: long) == .limit(reason: "a header has more than 65536 bytes"))
  }

  @Test func `zeros without end are not read for ever`() throws {
    var limits = ReadingLimits()
    limits.totalBytes = 100_000
    limits.entryCount = 10
    let bytes = tar { _ in } + [UInt8](repeating: 0, count: 400_000)
    #expect(
      refusal(of: bytes, within: limits) == .limit(reason: "it goes on for more than 120480 bytes"))
    #expect(refusal(of: tar { _ in }, within: limits) == nil)
  }
}
