import BundleFormat
import BundleReader
import BundleWriter
import TestSupport
import Testing

@Suite struct DamageTests {
  private let sample = SampleBundle()

  @Test func `a tar cut at any block says where it ends`() throws {
    let bytes = try sample.archive(.tar)
    var places: Set<String> = []
    for length in stride(from: 512, to: bytes.count, by: 512) {
      switch refusal(of: Array(bytes[..<length])) {
      case .truncated(let place)?: places.insert(place.description)
      case let other: Issue.record("cut after \(length) bytes: \(String(describing: other))")
      }
    }
    for entry in sample.entries { #expect(places.contains("inside \(entry.path)")) }
    for entry in sample.entries { #expect(places.contains("after \(entry.path)")) }
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `a bundle cut anywhere is not read`(format: ArchiveWriter.Format) throws {
    let bytes = try sample.archive(format)
    for length in stride(from: 0, to: bytes.count, by: format == .tar ? 61 : 7) {
      #expect(refusal(of: Array(bytes[..<length])) != nil, "cut after \(length) bytes")
    }
  }

  @Test func `a compressed bundle that is cut is truncated, not damaged`() throws {
    var generator = SeededGenerator(seed: 9)
    var entries = sample.entries
    let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    entries.insert(("noise", noise), at: 1)
    for format in [ArchiveWriter.Format.zst, .gz] {
      let bytes = try SampleBundle.archive(format, entries)
      #expect(refusal(of: Array(bytes.prefix(150_000))) == .truncated(.inside("noise")))
    }
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `a flipped bit is refused or known, and never traps`(format: ArchiveWriter.Format) throws {
    let bytes = try sample.archive(format)
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<250 {
      var flipped = bytes
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      flipped[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      guard let bundle = try? read(flipped) else { continue }
      #expect(bundle.sha256 != SHA256.digest(of: bytes).hex)
    }
  }

  @Test(arguments: ArchiveWriter.Format.allCases)
  func `rubbish behind the end is refused`(format: ArchiveWriter.Format) throws {
    let bytes = try sample.archive(format)
    for rubbish in [Array("rubbish".utf8), Array(repeating: UInt8(ascii: "x"), count: 2000), bytes]
    {
      // A small bundle is decompressed at once, and the filter fails before its first entry is seen.
      guard case .damaged? = refusal(of: bytes + rubbish) else {
        Issue.record("\(rubbish.count) bytes: \(String(describing: refusal(of: bytes + rubbish)))")
        continue
      }
    }
  }

  @Test(arguments: ForeignFilter.allCases)
  func `rubbish behind other compressions is refused`(filter: ForeignFilter) throws {
    let bytes = filter.compress(try sample.archive(.tar))
    #expect(refusal(of: bytes + Array("rubbish rubbish rubbish".utf8)) != nil)
  }

  @Test func `zeros that fill a tar's last record are its end`() throws {
    let bytes = try sample.archive(.tar) + [UInt8](repeating: 0, count: 8192)
    #expect(refusal(of: bytes) == nil)
    #expect(refusal(of: ForeignFilter.xz.compress(bytes)) == nil)
  }

  @Test func `changed bytes make an entry that is not intact`() throws {
    var altered = sample
    altered.files[0].content[3] ^= 1
    let bundle = try read(altered.archive(.zst))
    #expect(bundle.entries.map(\.isIntact) == [false, true, true])
    #expect(bundle.entries[0].content == altered.files[0].content)
  }

  @Test func `changed or missing error output makes an entry that is not intact`() throws {
    var altered = sample
    altered.files[1].content.append(0)
    #expect(try read(altered.archive(.zst)).entries.map(\.isIntact) == [false, true, true])
    altered.files.remove(at: 1)
    #expect(try read(altered.archive(.zst)).entries.map(\.isIntact) == [false, true, true])
  }

  @Test func `bytes that the manifest names and nobody finds make an entry that is not intact`()
    throws
  {
    var altered = sample
    altered.files.remove(at: 2)
    let bundle = try read(altered.archive(.zst))
    #expect(bundle.entries.map(\.isIntact) == [true, false, true])
    #expect(bundle.entries[1].content == nil)
  }

  @Test func `a question of many files that found none lacks nothing`() throws {
    var empty = sample
    empty.files.remove(at: 2)
    empty.results[1].sha256 = nil
    empty.results[1].sizeBytes = 0
    #expect(try read(empty.archive(.zst)).entries.map(\.isIntact) == [true, true, true])
    // The same of a command would be an answer without its bytes.
    empty.results[1].planned.kind = .command
    #expect(try read(empty.archive(.zst)).entries.map(\.isIntact) == [true, false, true])
    empty.results[1].status = .timedOut
    #expect(try read(empty.archive(.zst)).entries.map(\.isIntact) == [true, true, true])
  }

  @Test func `entries that no result names are listed`() throws {
    var more = sample
    more.files.append(("files/stowaway", [1]))
    let bundle = try read(more.archive(.zst))
    #expect(bundle.unlisted == ["files/stowaway"])
    #expect(bundle.entries.count == 3)
  }

  @Test func `a text that is no hash agrees with nothing`() throws {
    var odd = sample
    for text in ["", "ab", SHA256.digest(of: odd.files[2].content).hex.uppercased()] {
      odd.results[1].sha256 = .other(text)
      #expect(try read(odd.archive(.zst)).entries.map(\.isIntact) == [true, false, true])
    }
    // Not even with bytes that are not there.
    odd.files.remove(at: 2)
    odd.results[1].sizeBytes = 0
    #expect(try read(odd.archive(.zst)).entries.map(\.isIntact) == [true, false, true])
  }

  @Test func `a result that names a manifest is held against its bytes`() throws {
    var odd = sample
    let manifest = odd.manifest.json
    var result = odd.results[1]
    result.planned.path = "manifest.json"
    (result.sizeBytes, result.sha256) = (manifest.count, .digest(SHA256.digest(of: manifest)))
    odd.results.append(result)
    result.sha256 = .digest(SHA256.digest(of: []))
    result.planned.path = "manifest-end.json"
    odd.results.append(result)
    // The same bytes below the second reading's folder are hashed no sooner.
    odd.files.append(("second/manifest.json", manifest))
    result = odd.results[3]
    result.planned.path = "second/manifest.json"
    odd.results.append(result)
    let bundle = try read(odd.archive(.zst))
    #expect(bundle.entries.map(\.isIntact) == [true, true, true, true, false, true])
    #expect(bundle.entries[3].content == manifest)
    #expect(bundle.unlisted == [])
  }

  @Test func `an entry that two results name would be read as often`() throws {
    var odd = sample
    odd.results.append(odd.results[1])
    #expect(
      throws: BundleError.damaged(
        .inside("manifest-end.json"), reason: "two results name \(odd.results[1].planned.path)")
    ) { try read(odd.archive(.zst)) }
  }

  @Test func `a manifest may stand on one line`() throws {
    var wide = sample
    for number in 0..<10_000 {
      var result = wide.results[1]
      result.planned.path = "files/\(number)"
      result.status = .missing
      (result.sizeBytes, result.sha256) = (0, nil)
      wide.results.append(result)
    }
    var entries = wide.entries
    let last = entries.count - 1
    entries[last].content.removeAll { $0 == UInt8(ascii: "\n") }
    #expect(entries[last].content.count > ReadingLimits.limits.lineBytes)
    let bundle = try read(SampleBundle.archive(.zst, entries))
    #expect(bundle.entries.count == wide.results.count)
  }
}
