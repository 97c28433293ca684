import TestSupport
import Testing

@testable import Rendering

struct SectorSetTests {
  @Test func `runs that touch become one`() {
    #expect(SectorSet([5..<9, 0..<3, 3..<5, 12..<14, 13..<13]).runs == [0..<9, 12..<14])
  }

  @Test func `what is shared and what differs`() {
    let (one, two) = (SectorSet([0..<10, 20..<30]), SectorSet([5..<22, 40..<41]))
    #expect(one.intersection(two).runs == [5..<10, 20..<22])
    #expect(one.subtracting(two).runs == [0..<5, 22..<30])
    #expect(one.symmetricDifference(two).runs == [0..<5, 10..<20, 22..<30, 40..<41])
    #expect(one.symmetricDifference(one).runs.isEmpty)
    #expect(one.intersection(SectorSet([])).runs.isEmpty)
  }

  @Test func `sets say the same as sector by sector`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      func runs() -> [Range<Int>] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          let start = Int.random(in: 0..<24, using: &random)
          return start..<start + Int.random(in: 0..<9, using: &random)
        }
      }
      let (one, two) = (runs(), runs())
      let (first, second) = (Set(one.joined()), Set(two.joined()))
      let (left, right) = (SectorSet(one), SectorSet(two))
      #expect(Set(left.intersection(right).runs.joined()) == first.intersection(second))
      #expect(Set(left.subtracting(right).runs.joined()) == first.subtracting(second))
      #expect(
        Set(left.symmetricDifference(right).runs.joined()) == first.symmetricDifference(second))
    }
  }
}
