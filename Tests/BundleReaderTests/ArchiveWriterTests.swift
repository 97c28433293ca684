import BundleFormat
import BundleReader
import BundleWriter
import Glibc
import TestSupport
import Testing

@Suite struct ArchiveWriterTests {
  private func writer(
    to descriptor: CInt, format: ArchiveWriter.Format = .zst
  ) throws(ArchiveError) -> ArchiveWriter {
    _ = SampleBundle.locale
    return try ArchiveWriter(
      to: descriptor, format: format, top: SampleBundle.top, modifiedAt: SampleBundle.collectedAt)
  }

  /// Bytes that no filter makes small, so that they reach the output.
  private var noise: [UInt8] {
    var generator = SeededGenerator(seed: 1)
    return (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  @Test func `a full disk is an error with the system's number and words`() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    #expect(throws: ArchiveError.output(errno: ENOSPC, reason: "No space left on device")) {
      let writer = try self.writer(to: full)
      try writer.write(path: "a", content: noise)
      try writer.close()
    }
  }

  @Test func `a full disk is noticed at the end at the latest`() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    let writer = try self.writer(to: full)
    try writer.write(path: "a", content: [1])
    #expect(throws: ArchiveError.output(errno: ENOSPC, reason: "No space left on device")) {
      try writer.close()
    }
  }

  @Test func `a closed pipe is an error`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [CInt] = [-1, -1]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    #expect(throws: ArchiveError.output(errno: EPIPE, reason: "Broken pipe")) {
      let writer = try self.writer(to: ends[1], format: .tar)
      try writer.write(path: "a", content: noise)
      try writer.close()
    }
  }

  @Test func `a sink that refuses ends the archive with its number`() throws {
    #expect(throws: ArchiveError.self) {
      let writer = try ArchiveWriter(
        format: .tar, top: "t", modifiedAt: SampleBundle.collectedAt, sink: { _ in EDQUOT })
      try writer.write(path: "a", content: noise)
      try writer.close()
    }
  }

  @Test func `an entry of another size than announced is an error`() throws {
    let file = TemporaryFile()
    let short = try writer(to: file.descriptor)
    try short.begin(path: "a", sizeBytes: 10)
    try short.append([1, 2, 3])
    #expect(throws: ArchiveError.size(path: "a", announced: 10, given: 3)) { try short.finish() }
    let long = try writer(to: file.descriptor)
    try long.begin(path: "b", sizeBytes: 2)
    #expect(throws: ArchiveError.size(path: "b", announced: 2, given: 3)) {
      try long.append([1, 2, 3])
      try long.finish()
    }
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `an archive that was not closed is no whole one`(format: ArchiveWriter.Format) throws {
    let sample = SampleBundle()
    let file = TemporaryFile()
    do {
      let writer = try self.writer(to: file.descriptor, format: format)
      for entry in sample.entries.dropLast() {
        try writer.write(path: entry.path, content: entry.content)
      }
    }
    #expect(refusal(of: file.content) != nil)
  }

  @Test func `entries are plain files of nobody in particular, mode 0600`() throws {
    let bytes = try SampleBundle.archive(.tar, [("a", [1])])
    func field(_ range: Range<Int>) -> String {
      String(decoding: bytes[range].prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
    }
    #expect(field(0..<100) == "\(SampleBundle.top)/a")
    #expect(field(100..<108) == "000600")
    #expect(Int(field(108..<116)) == 0)
    #expect(Int(field(116..<124)) == 0)
    #expect(Int64(field(136..<148), radix: 8) == SampleBundle.collectedAt.secondsSinceEpoch)
    #expect(field(265..<297) == "")
    #expect(bytes.count == 512 + 512 + 1024)
  }
}
