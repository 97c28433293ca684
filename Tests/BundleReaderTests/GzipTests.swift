import BundleFormat
import BundleReader
import BundleWriter
import TestSupport
import Testing

/// What gzip says of its bytes, which libarchive doesn't look at.
@Suite struct GzipTests {
  private let sample = SampleBundle()

  private func isDamaged(_ bytes: [UInt8]) -> Bool {
    if case .damaged? = refusal(of: bytes) { true } else { false }
  }

  @Test func `any flipped bit of checksum or length is damage`() throws {
    let bytes = try sample.archive(.gz)
    for bit in 0..<64 {
      var flipped = bytes
      flipped[bytes.count - 8 + bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(isDamaged(flipped), "bit \(bit)")
    }
  }

  @Test func `a bundle with a flipped bit is refused, or says the same`() throws {
    let bytes = try sample.archive(.gz)
    let whole = try read(bytes)
    // Before it, there is gzip's own header, of which nothing is read.
    for bit in 80..<(bytes.count * 8) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let bundle = try? read(flipped) else { continue }
      #expect(bundle.manifest == whole.manifest, "bit \(bit)")
      #expect(bundle.entries.map(\.content) == whole.entries.map(\.content), "bit \(bit)")
      #expect(bundle.entries.allSatisfy { $0.isIntact }, "bit \(bit)")
    }
  }

  @Test func `members one after the other are one archive, each with its own checksum`() throws {
    var generator = SeededGenerator(seed: 8)
    var entries = sample.entries
    let noise = (0..<140_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    entries.insert(("noise", noise), at: 1)
    let tar = try SampleBundle.archive(.tar, entries)
    for round in 0..<6 {
      // Some of them are empty, and some end where the filter's output of 64 KiB does.
      var cuts = (0..<round).map { _ in Int.random(in: 0...tar.count, using: &generator) }
      cuts += round % 2 == 0 ? [0, 65_536, 65_536, 131_072, tar.count] : []
      let borders = [0] + cuts.sorted() + [tar.count]
      let members = zip(borders, borders.dropFirst()).map {
        ForeignFilter.gzip(Array(tar[$0..<$1]), level: round % 3 == 0 ? 0 : 6)
      }
      #expect(refusal(of: Array(members.joined())) == nil, "round \(round)")
      // What stands behind an empty one is of no bytes.
      for (position, member) in members.enumerated() where borders[position] < borders[position + 1]
      {
        var damaged = members
        damaged[position][member.count - 1 - round % 8] ^= 0x10
        #expect(isDamaged(Array(damaged.joined())), "round \(round), member \(position)")
      }
    }
  }

  @Test func `members within an entry that is stored as it is are no borders`() throws {
    var entries = sample.entries
    let inner = (0..<40).map { ForeignFilter.gzip(Array("member \($0) ".utf8)) }.joined()
    entries.insert(("inner.gz", Array(inner)), at: 1)
    let header: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0x1F, 0x8B, 8]
    entries.insert(("headers", Array(repeatElement(header, count: 5000).joined())), at: 1)
    let bytes = ForeignFilter.gzip(try SampleBundle.archive(.tar, entries), level: 0)
    #expect(refusal(of: bytes) == nil)
    var damaged = bytes
    damaged[700] ^= 1
    #expect(refusal(of: damaged) != nil)
  }
}
