import BundleFormat
import BundleReader
import BundleWriter
import TestSupport
import Testing

@Suite struct LimitTests {
  private let sample = SampleBundle()

  private func limits(_ change: (inout ReadingLimits) -> Void) -> ReadingLimits {
    var limits = ReadingLimits()
    change(&limits)
    return limits
  }

  private func reason(_ bytes: [UInt8], _ change: (inout ReadingLimits) -> Void) -> String? {
    guard case .limit(let reason)? = refusal(of: bytes, within: limits(change)) else { return nil }
    return reason
  }

  @Test func `each limit lets through what it names and no more`() throws {
    let bytes = try sample.archive(.zst)
    let entries = sample.entries
    let total = entries.reduce(0) { $0 + $1.content.count }
    let largest = entries.map(\.content.count).max()!
    let longest = entries.map(\.path.utf8.count).max()! + SampleBundle.top.utf8.count + 1

    #expect(reason(bytes) { $0.entryCount = entries.count } == nil)
    #expect(reason(bytes) { $0.entryCount = entries.count - 1 } == "it has more than 5 entries")
    #expect(reason(bytes) { $0.entryBytes = largest } == nil)
    #expect(reason(bytes) { $0.entryBytes = largest - 1 }?.contains("more than") == true)
    #expect(reason(bytes) { $0.totalBytes = total } == nil)
    #expect(reason(bytes) { $0.totalBytes = total - 1 }?.contains("manifest-end.json") == true)
    #expect(reason(bytes) { $0.nameBytes = longest } == nil)
    #expect(reason(bytes) { $0.nameBytes = longest - 1 }?.contains("name") == true)
    #expect(reason(bytes) { $0.pathDepth = 14 } == nil)
    #expect(reason(bytes) { $0.pathDepth = 13 }?.contains("components") == true)
  }

  @Test func `a line is as long as the limit and no longer`() throws {
    var sample = SampleBundle()
    for (content, fits) in [
      (String(repeating: "x", count: 1000), true), (String(repeating: "x", count: 1001), false),
      ("a\n" + String(repeating: "x", count: 1000) + "\nb", true),
      (String(repeating: "short\n", count: 500), true),
      (String(repeating: "short\n", count: 500) + String(repeating: "x", count: 1001), false),
    ] {
      sample.files[0].content = Array(content.utf8)
      let reason = reason(try sample.archive(.zst)) { $0.lineBytes = 1000 }
      #expect((reason == nil) == fits)
    }
  }

  @Test func `the folder keeps to the same limits`() throws {
    let folder = TemporaryFolder()
    for entry in sample.entries { folder.add(entry.content, as: entry.path) }
    for change: (inout ReadingLimits) -> Void in [
      { $0.entryCount = 4 }, { $0.entryBytes = 100 }, { $0.totalBytes = 2000 },
      { $0.nameBytes = 20 }, { $0.pathDepth = 3 }, { $0.lineBytes = 10 },
    ] {
      #expect {
        try NodeBundle(reading: .path(folder.path), within: limits(change))
      } throws: { error in
        guard case .limit? = error as? BundleError else { return false }
        return true
      }
    }
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `a bomb is refused by its ratio before it is held`(format: ArchiveWriter.Format) throws {
    var bomb = sample
    bomb.files[0].content = [UInt8](repeating: 0x0A, count: 3 << 20)
    let reason = reason(try bomb.archive(format)) {
      $0.ratio = 50
      $0.bytesBeforeRatio = 1 << 20
    }
    #expect((reason == nil) == (format == .tar))
  }

  @Test func `zeros behind the end are a bomb, too`() throws {
    let bytes = try sample.archive(.tar) + [UInt8](repeating: 0, count: 8 << 20)
    let reason = reason(ForeignFilter.bzip2.compress(bytes)) {
      $0.ratio = 50
      $0.bytesBeforeRatio = 1 << 20
    }
    #expect(reason?.contains("50 times") == true)
  }

  @Test func `a size that a header only claims is not believed`() {
    var tar = TarBytes()
    tar.add(name: "t/manifest.json", content: sample.manifest.json)
    tar.add(name: Array("t/huge".utf8), content: [1], claiming: 8 << 30 - 1)
    guard case .limit? = refusal(of: tar.ended) else {
      Issue.record("8 GiB were believed")
      return
    }
    var small = TarBytes()
    small.add(name: "t/manifest.json", content: sample.manifest.json)
    small.add(name: Array("t/claims".utf8), content: [1], claiming: 200 << 20)
    #expect(refusal(of: small.ended) == .truncated(.inside("claims")))
  }
}
