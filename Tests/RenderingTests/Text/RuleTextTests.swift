import Analysis
import Rendering
import Testing

struct RuleTextTests {
  @Test func `the list has one line a rule, without doubles`() {
    let lines = RuleText.list().split(separator: "\n")
    #expect(lines.count == Rule.all.count)
    #expect(Set(lines).count == lines.count)
    #expect(
      lines.contains(
        "ghost-mapping                     orphaned       warning   A leftover of a deleted volume")
    )
    #expect(lines.allSatisfy { $0.utf8.count <= 120 })
  }

  @Test func `a page has every part of the rule's text`() throws {
    let rule = try #require(Rule.named("recreated-volume"))
    let page = RuleText.page(of: rule)
    for heading in [
      "recreated-volume: ", "class         wrong", "severity      critical",
      "step          dmsetup remove by uuid, phase 2 (asks first)", "What it is", "What it does",
      "Where it comes from", "What helps", "What does not", "Sources it needs", "References",
    ] {
      #expect(page.contains("\n\(heading)") || page.hasPrefix(heading), "\(heading)")
    }
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func `a rule's name shows all its variants`() {
    let page = RuleText.page(ofRulesNamed: "recreated-volume")
    let variants = Rule.variants(named: "recreated-volume")
    #expect(variants.count == 2)
    for rule in variants { #expect(page.contains(RuleText.page(of: rule))) }
    #expect(page.contains("Don't remove it while it is open"))
    #expect(page.contains("step          none: nothing is ever offered for it"))
    #expect(page.contains("step          dmsetup remove by uuid, phase 2 (asks first)"))
    #expect(RuleText.page(ofRulesNamed: "ghost-mapping").hasPrefix("ghost-mapping: "))
  }

  @Test func `every rule says what it is, does, comes from, and what helps, from public sources`() {
    for rule in Rule.all {
      let text = rule.explanation
      for part in [text.meaning, text.harm, text.cause, text.remedy, rule.title] {
        #expect(!part.isEmpty, "\(rule.name)")
      }
      for part in [text.meaning, text.harm, text.cause, text.remedy] {
        #expect(part.hasSuffix("."), "\(rule.name): \(part)")
      }
      let wrong = text.wrongRemedy
      #expect(wrong.isEmpty || wrong.hasSuffix(".") || wrong.hasSuffix("?"), "\(rule.name)")
      #expect(!text.needs.isEmpty, "\(rule.name)")
      #expect(!text.references.isEmpty, "\(rule.name)")
      for reference in text.references {
        // An operator has neither our notes nor the repository.
        #expect(!reference.hasPrefix("tools/"), "\(rule.name): \(reference)")
        for internalName in ["CASES", "DOMAIN", "VERDICTS", "CONTRACT", "KERNEL-FACTS"] {
          #expect(!reference.contains(internalName), "\(rule.name): \(reference)")
        }
      }
    }
  }

  @Test func `every step that the catalogue names is of a rule that there is`() {
    let offering = Rule.all.filter { $0.explanation.step != nil }.map(\.name)
    #expect(
      Set(offering) == [
        "partition", "renamed-volume", "recreated-volume", "resized-volume", "moved-extents",
        "ghost-mapping", "hand-made-mapping", "unreferenced-volume", "stopped-guest", "moved-guest",
      ])
  }
}
