import TestSupport
import Testing

@testable import Analysis

@Suite struct ReadingDifferencesTests {
  private final class Thing {}

  @Test func `whatever goes, comes and moves, each reading has what the other lacks`() {
    let things = (0..<40).map { _ in Thing() }
    for seed in UInt64(0)..<300 {
      var generator = SeededGenerator(seed: seed)
      func reading() -> [Thing] {
        var reading = things.filter { _ in Int.random(in: 0..<12, using: &generator) > 0 }
        for _ in 0..<Int.random(in: 0..<6, using: &generator) {
          let moved = reading.remove(at: Int.random(in: reading.indices, using: &generator))
          reading.insert(moved, at: Int.random(in: 0...reading.count, using: &generator))
        }
        return reading
      }
      let (one, other) = (reading(), reading())
      func isMissing(_ thing: Thing, in reading: [Thing]) -> Bool {
        !reading.contains { $0 === thing }
      }
      let (mine, others) = one.differences(from: other)
      #expect(
        mine.elementsEqual(one.filter { isMissing($0, in: other) }, by: ===), "seed \(seed)")
      #expect(
        others.elementsEqual(other.filter { isMissing($0, in: one) }, by: ===), "seed \(seed)")
    }
  }

  @Test func `equal readings and empty ones differ in nothing that isn't there`() {
    let things = [Thing(), Thing()]
    #expect(things.differences(from: things).mine.isEmpty)
    #expect([Thing]().differences(from: things).others.count == 2)
    #expect(things.differences(from: []).mine.count == 2)
  }
}
