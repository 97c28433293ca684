import BundleFormat
import NodeGenerator
import NodeState
import Testing

@testable import Analysis

/// Paths of decision over generated nodes: the same verdict, and a true reason for every silence.
struct DecisionPathTests {
  private func assessments() -> [Assessment] {
    (0..<UInt64(Trials.count(400))).map { seed in
      let node = GeneratedNode(seed: seed, options: GeneratorOptions(guests: 10, faultPercent: 70))
      return Assessment(of: NodeSnapshot(reading: node.bundle))
    }
  }

  @Test func `a recorded path ends in the verdict of the report`() {
    for assessment in assessments() {
      let judge = Judge(inventory: assessment.inventory)
      for (facts, verdict) in zip(assessment.inventory.mappings, assessment.verdicts) {
        let path = judge.path(on: facts)
        #expect(path.verdict.rule.name == verdict.rule.name)
        #expect(path.verdict.why == verdict.why)
        #expect(path.verdict.evidence == verdict.evidence)
        #expect(!path.questions.isEmpty)
      }
    }
  }

  @Test
  func `every aspect of a rule is there when it fits, and one stands in the way when it doesn't`() {
    for assessment in assessments() {
      let inventory = assessment.inventory
      for facts in inventory.mappings {
        for question in Judge(inventory: inventory).path(on: facts).questions {
          guard case .rule(let rule) = question.topic else { continue }
          switch question.answer {
          case .yes:
            for aspect in rule.aspects {
              #expect(
                aspect.isThere(in: facts, inventory),
                "\(rule.name) fits \(facts.mapping.name), but \(aspect) is not there")
            }
          case .no(let reason):
            #expect(reason?.isEmpty == false, "\(rule.name) on \(facts.mapping.name)")
          case .undecidable(let reason): #expect(!reason.isEmpty)
          }
        }
      }
    }
  }

  @Test func `every rule of mappings has aspects`() {
    let rules = Rule.otherRules + Rule.emergencyRules + Rule.verdictRules + Rule.movingRules
    for rule in rules { #expect(!rule.aspects.isEmpty, "\(rule.name)") }
  }

  @Test func `a lacking source is named with the rules that need it`() throws {
    let node = GeneratedNode(seed: 3, options: GeneratorOptions(guests: 6))
    let assessment = Assessment(
      of: NodeSnapshot(reading: node.bundle.without(.lvs, .exitedWithError)))
    let position = try #require(
      assessment.verdicts.firstIndex { $0.rule.name == "volumes-unknown" })
    let explanation = assessment.mappingExplanation(at: position)
    let doubt = try #require(explanation.doubts.first { $0.source == .lvs })
    #expect(doubt.neededFor.contains("metadata"))
    guard case .undecidable = explanation.path.questions.last?.answer else {
      Issue.record("the last question should be undecidable")
      return
    }
  }

  @Test func `a whole node leaves no doubt`() {
    let node = GeneratedNode(seed: 5, options: GeneratorOptions(guests: 6, faultPercent: 0))
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    for position in assessment.inventory.mappings.indices {
      let doubts = assessment.mappingExplanation(at: position).doubts
      #expect(doubts.isEmpty, "\(doubts)")
    }
  }
}
