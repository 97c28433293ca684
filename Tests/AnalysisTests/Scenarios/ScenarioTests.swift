import Analysis
import NodeState
import Testing

@Suite struct ScenarioTests {
  @Test(arguments: Scenario.all) func `a scenario is judged as expected`(scenario: Scenario) {
    let actual = Set(scenario.assessment.lines)
    let expected = Set(scenario.expectation.lines)
    let absent = expected.subtracting(actual).sorted().joined(separator: "\n  ")
    let surplus = actual.subtracting(expected).sorted().joined(separator: "\n  ")
    #expect(
      actual == expected,
      "expected, but not said:\n  \(absent)\nsaid, but not expected:\n  \(surplus)")
    #expect(scenario.assessment.lines.count == scenario.expectation.lines.count)
  }

  @Test(arguments: Scenario.all) func `a rule that only nearly fits stays silent`(
    scenario: Scenario
  ) {
    for rule in scenario.expectation.silent {
      #expect(!scenario.expectation.rules.contains(rule), "\(rule) is expected and silent")
      #expect(!scenario.assessment.namedRules.contains(rule), "\(rule) fits")
    }
  }

  @Test(arguments: Scenario.all.filter { $0.without != nil })
  func `a source taken away adds no step, and leaves unknown what it decided`(
    scenario: Scenario
  ) throws {
    let whole = try #require(Scenario.named(scenario.name)).assessment
    let less = scenario.assessment
    let steps = Set((whole.plan.phase1 + whole.plan.phase2).map(\.mapping))
    for step in less.plan.phase1 + less.plan.phase2 {
      #expect(steps.contains(step.mapping), "a step for \(step.mapping) was added")
    }
    for rule in scenario.expectation.lacks {
      #expect(whole.namedRules.contains(rule), "\(rule) does not fit the whole scenario")
      if rule != Rule.named("source-missing")?.name {
        #expect(!less.namedRules.contains(rule), "\(rule) still fits")
      }
      for (facts, verdict) in zip(whole.inventory.mappings, whole.verdicts)
      where verdict.rule.name == rule {
        let later = zip(less.inventory.mappings, less.verdicts)
          .first { $0.0.mapping.name == facts.mapping.name }?.1
        // `other` is said by the mapping alone; without it there is nothing to say.
        if verdict.classification != .other, let later {
          #expect(later.classification == .unknown, "\(facts.mapping.name) is \(later.rule.name)")
        }
      }
    }
  }

  @Test(arguments: Scenario.all) func `no remedy starts by removing what is open`(
    scenario: Scenario
  ) {
    let open = scenario.assessment.inventory.mappings.filter { $0.ownOpenCount > 0 }
    let names = Set(open.map(\.mapping.name))
    for finding in scenario.assessment.findings where names.contains(finding.subject) {
      for order in ["Remove", "Deactivate it by", "dmsetup remove", "lvchange -an"] {
        #expect(!finding.remedy.text.hasPrefix(order), "\(finding.id): \(finding.remedy.text)")
      }
    }
  }

  @Test(arguments: Scenario.all) func `no two findings have one id`(scenario: Scenario) {
    let ids = scenario.assessment.findings.map(\.id)
    #expect(Set(ids).count == ids.count, "\(ids)")
  }

  @Test func `every scenario says what happened`() {
    for scenario in Scenario.all {
      let text = String(decoding: scenario.files["README"] ?? [], as: UTF8.self)
      #expect(text.count > 20, "\(scenario.name) has no README")
      #expect(scenario.expectation.lines.contains { $0.hasPrefix("grade ") }, "\(scenario.name)")
    }
  }
}

extension Scenario {
  var assessment: Assessment {
    let bundle = ScenarioBundle.bundle(of: files, without: without.map { [$0] } ?? [])
    return Assessment(of: NodeSnapshot(reading: bundle))
  }
}

extension Assessment {
  /// The rules of all mappings, missing disks and findings.
  var namedRules: Set<String> {
    Set(verdicts.map(\.rule.name) + missing.map(\.rule.name) + findings.map(\.rule.name))
  }
}
