import Testing

@testable import Analysis

@Suite struct PackageVersionTests {
  @Test(arguments: [
    ("9.0.13", true), ("9.0.14", false), ("9.0.14-1", false), ("9.0.9", true), ("9.1", false),
    ("10.0.0", false), ("8.3.7+deb12", true), ("9", true), ("9.0.14~bpo12", false),
  ]) func `versions are compared number by number`(text: String, isBefore: Bool) throws {
    let version = try #require(PackageVersion(text))
    #expect((version < [9, 0, 14]) == isBefore)
    #expect((version >= [9, 0, 14]) != isBefore)
  }

  @Test(arguments: ["", "unknown", "-1", "."]) func `what begins with no number is no version`(
    text: String
  ) {
    #expect(PackageVersion(text) == nil)
  }

  @Test func `a number beyond all sizes ends no judgement`() {
    #expect(PackageVersion("99999999999999999999999.1") != nil)
  }
}
