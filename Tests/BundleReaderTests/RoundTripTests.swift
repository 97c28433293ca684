import BundleFormat
import BundleReader
import BundleWriter
import Glibc
import TestSupport
import Testing

@Suite struct RoundTripTests {
  private let sample = SampleBundle()

  private func expectSample(_ bundle: NodeBundle) {
    #expect(bundle.manifest == sample.manifest)
    #expect(bundle.finishedAt == SampleBundle.collectedAt)
    #expect(bundle.entries.map(\.result) == sample.results)
    #expect(bundle.entries.map(\.content) == [0, 2, 3].map { sample.files[$0].content })
    #expect(bundle.entries.map(\.standardError) == [sample.files[1].content, [], []])
    #expect(!bundle.entries.map(\.isIntact).contains(false))
    #expect(bundle.unlisted.isEmpty)
    #expect(bundle.entry(of: .guestConfigs, reading: 2)?.content == sample.files[3].content)
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `what the writer writes is read back`(format: ArchiveWriter.Format) throws {
    let bytes = try sample.archive(format)
    let bundle = try read(bytes)
    expectSample(bundle)
    #expect(bundle.sha256 == SHA256.digest(of: bytes).hex)
  }

  @Test(arguments: ForeignFilter.allCases)
  func `other compressions are read, too`(filter: ForeignFilter) throws {
    let bytes = filter.compress(try sample.archive(.tar))
    let bundle = try read(bytes)
    expectSample(bundle)
    #expect(bundle.sha256 == SHA256.digest(of: bytes).hex)
  }

  @Test func `a folder is read as its archive is, without a hash`() throws {
    let folder = TemporaryFolder()
    for entry in sample.entries { folder.add(entry.content, as: entry.path) }
    let bundle = try NodeBundle(reading: .path(folder.path + "/"))
    expectSample(bundle)
    #expect(bundle.sha256 == nil)
    #expect(bundle.source == folder.path.split(separator: "/").last.map(String.init))
  }

  @Test func `a pipe is read as a file is`() throws {
    _ = SampleBundle.locale
    let bytes = try sample.archive(.zst)
    var ends: [CInt] = [-1, -1]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    #expect(Glibc.write(ends[1], bytes, bytes.count) == bytes.count)
    close(ends[1])
    expectSample(try NodeBundle(reading: .path("/dev/fd/\(ends[0])")))
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `the same entries give the same bytes`(format: ArchiveWriter.Format) throws {
    #expect(try sample.archive(format) == sample.archive(format))
  }

  @Test func `an entry may be written in parts`() throws {
    let file = TemporaryFile()
    let writer = try ArchiveWriter(
      to: file.descriptor, format: .zst, top: SampleBundle.top,
      modifiedAt: SampleBundle.collectedAt)
    for entry in sample.entries {
      try writer.begin(path: entry.path, sizeBytes: entry.content.count)
      try writer.append(entry.content.prefix(5))
      try writer.append(Array(entry.content.dropFirst(5)))
      try writer.finish()
    }
    try writer.close()
    expectSample(try read(file.content))
  }

  @Test func `folders of an archive are no entries`() throws {
    var tar = TarBytes()
    tar.add(name: "\(SampleBundle.top)/", type: "5")
    tar.add(name: "\(SampleBundle.top)/commands", type: "5")
    let bundle = try read(tar.bytes + sample.tar.ended)
    #expect(bundle.entries.count == 3)
    #expect(bundle.entries[0].isIntact)
  }

  @Test func `entries of any content and size come back, seeded`() throws {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<12 {
      var sample = SampleBundle()
      sample.files = (0..<Int.random(in: 0...9, using: &generator)).map { number in
        let size = [0, 1, 511, 512, 513, 70_000].randomElement(using: &generator)!
        let content = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return ("files/\(number)", content)
      }
      sample.results = sample.files.map { path, content in
        EntryResult(
          planned: .init(id: "fstab", kind: .file, argv: nil, origin: path, path: path),
          status: .collected, sizeBytes: content.count, sha256: .digest(SHA256.digest(of: content)))
      }
      let format = ArchiveWriter.Format.allCases.randomElement(using: &generator)!
      let bundle = try read(sample.archive(format))
      #expect(
        bundle.entries.map(\.content) == sample.files.map(\.content), "round \(round) of seed 11")
      #expect(!bundle.entries.map(\.isIntact).contains(false))
    }
  }
}
