import BundleFormat
import BundleReader
import BundleWriter
import Synchronization
import Testing

@Suite struct HashingTests {
  /// A bundle of several megabytes, whose entries are hashed while others are read, the longest while they
  /// are read themselves; every seventh has another hash than its bytes, and every third is repeated by
  /// the second reading.
  private func bundle() -> SampleBundle {
    var bundle = SampleBundle()
    let planned = bundle.results[1].planned
    bundle.files = []
    bundle.results = []
    for reading in 1...2 {
      for number in 0..<400 {
        let size =
          number.isMultiple(of: 100)
          ? 700_000 : number.isMultiple(of: 50) ? 300_000 : 5_000 + number
        let seed = number.isMultiple(of: 3) ? number : number + 1_000 * reading
        let content = (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 31 ^ seed) % 95 + 32) }
        let lines = content.enumerated().map { $0.offset % 80 == 79 ? 0x0A : $0.element }
        var entry = planned
        entry.path = (reading == 1 ? "" : "second/") + "files/\(number)"
        bundle.files.append((entry.path, lines))
        let hashed = number % 7 == 6 ? [] : lines
        bundle.results.append(
          EntryResult(
            planned: entry, status: .collected, sizeBytes: lines.count,
            sha256: .digest(SHA256.digest(of: hashed)), reading: reading))
      }
    }
    return bundle
  }

  enum IdleWork: CaseIterable {
    case none, nothing, endless
  }

  private final class Calls: Sendable {
    let count = Atomic<Int>(0)
  }

  @Test(arguments: IdleWork.allCases)
  func `each entry is hashed, whatever is done besides`(kind: IdleWork) throws {
    let sample = bundle()
    let bytes = try sample.archive(.zst)
    let file = TemporaryFile(bytes)
    let calls = Calls()
    let work: (() -> Bool)? =
      switch kind {
      case .none: nil
      case .nothing, .endless:
        {
          calls.count.add(1, ordering: .relaxed)
          return kind == .endless
        }
      }
    let bundle = try NodeBundle(reading: .path(file.path), idleWork: work)
    #expect(bundle.sha256 == SHA256.digest(of: bytes).hex)
    #expect(bundle.entries.map(\.content) == sample.files.map(\.content))
    #expect(bundle.entries.map(\.isIntact) == (0..<800).map { $0 % 400 % 7 != 6 })
    let count = calls.count.load(ordering: .relaxed)
    #expect(kind == .none ? count == 0 : count > 0)
    #expect(kind == .nothing ? count == 1 : true)
  }

  @Test func `a long entry that is cut, followed by rubbish or altered is told`() throws {
    let sample = bundle()
    let bytes = try sample.archive(.tar)
    // Whatever is under way is left in peace, wherever reading ends; a long entry is the first of them.
    for end in [10_000, 500_000, 600_000, 700_000, 705_000] {
      let file = TemporaryFile(Array(bytes[..<end]))
      #expect(throws: BundleError.self) { try NodeBundle(reading: .path(file.path)) }
    }
    var altered = bytes
    altered[600_000] ^= 1
    let file = TemporaryFile(altered)
    let intact = try NodeBundle(reading: .path(file.path)).entries.map(\.isIntact)
    #expect(intact == (0..<800).map { $0 % 400 % 7 != 6 && $0 != 0 })
  }
}
