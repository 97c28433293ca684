import Analysis
import Testing

/// No rule without its three tests: it fits, it stays silent, it lacks a source.
@Suite struct RuleCoverageTests {
  private static let whole = Scenario.all.filter { $0.without == nil }
  private static let variants = Scenario.all.filter { $0.without != nil }

  @Test(arguments: Rule.all.map(\.name)) func `a scenario shows each rule`(rule: String) {
    #expect(Self.whole.contains { $0.expectation.rules.contains(rule) })
  }

  @Test(arguments: Rule.all.map(\.name)) func `a near miss shows where each rule stays silent`(
    rule: String
  ) {
    #expect(Scenario.all.contains { $0.expectation.silent.contains(rule) })
  }

  @Test(arguments: Rule.all.map(\.name)) func `a variant shows each rule without a source it needs`(
    rule: String
  ) {
    #expect(Self.variants.contains { $0.expectation.lacks.contains(rule) })
  }

  @Test func `expectations name only rules that exist`() {
    for scenario in Scenario.all {
      let named =
        scenario.expectation.silent + scenario.expectation.lacks
        + scenario.expectation.rules.sorted()
      for rule in named {
        #expect(Rule.named(rule) != nil, "\(rule) in \(scenario.testDescription)")
      }
    }
  }
}
