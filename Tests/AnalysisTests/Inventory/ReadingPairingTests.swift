import Testing

@testable import Analysis

@Suite struct ReadingPairingTests {
  private func found(_ wanted: [String], in elements: [(String, Int)]) -> [Int?] {
    var pairing = ReadingPairing(elements) { $0.0 }
    return wanted.map { pairing.element(named: $0)?.1 }
  }

  @Test func `elements in the same order are found`() {
    #expect(found(["a", "b", "c"], in: [("a", 0), ("b", 1), ("c", 2)]) == [0, 1, 2])
  }

  @Test func `elements in another order, and behind many new ones, are found`() {
    let elements = (0..<20).map { ("\($0)", $0) }
    #expect(found(["15", "3", "3", "19", "0"], in: elements) == [15, 3, 3, 19, 0])
  }

  @Test func `what is gone is not found, and what follows it is`() {
    #expect(found(["a", "b", "c"], in: [("a", 0), ("c", 2)]) == [0, nil, 2])
    #expect(found(["a"], in: []) == [nil])
  }

  @Test func `of two with one name the first counts, however often it is asked for`() {
    #expect(found(["a", "a", "b"], in: [("a", 0), ("a", 1), ("b", 2)]) == [0, 0, 2])
  }
}
