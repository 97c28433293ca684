import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@Suite struct RemediationPlanTests {
  private let scenario = "case-01-clone-fails"

  @Test func `a leftover is removed by its uuid, and may be put back`() throws {
    let step = try #require(assessment(of: scenario).plan.phase2.first)
    let uuid = try #require(step.uuid)
    #expect(step.argv == ["dmsetup", "remove", "-u", uuid])
    #expect(
      step.undo == [
        [
          "dmsetup", "create", "san-vm--122--disk--0", "--uuid", uuid, "--table",
          "0 2097152 linear 8:16 4098048",
        ]
      ])
    let kinds = step.preconditions.map(\.kind)
    for kind: Precondition.Kind in [
      .node, .machineID, .bootID, .notAfter, .uuid, .table, .openCount, .attributes, .holders,
      .quorate, .guestIdle, .noConfiguration, .volume,
    ] {
      #expect(kinds.contains(kind), "\(kind)")
    }
    #expect(step.preconditions.contains { $0.kind == .openCount && $0.expected == "0" })
    #expect(
      step.preconditions.contains {
        $0.kind == .notAfter && $0.expected == "2026-11-23T12:00:00Z"
      })
  }

  @Test func `a known volume is deactivated by identity, and its guest's configuration proved`()
    throws
  {
    let step = try #require(assessment(of: "case-07-deactivation-failed").plan.phase1.first)
    #expect(step.argv.prefix(3) == ["lvchange", "-an", "-S"])
    #expect(step.argv.count == 4 && step.argv[3].contains(" && lv_uuid="))
    #expect(step.applicability == .automatic)
    #expect(step.preconditions.contains { $0.kind == .liveDigest })
  }

  @Test func `a table that no command takes as one word is refused`() throws {
    var node = SmallNode.withGhost
    let lines = (0..<4_000).map { number in
      "ssd-vm--105--disk--0: \(number * 32) 32 linear 8:16 \(67_584 + number * 32)\n"
    }
    let first = (node.texts[.dmsetupTable] ?? "").split(separator: "\n").filter {
      !$0.hasPrefix("ssd-vm--105")
    }
    node.texts[.dmsetupTable] = first.map { $0 + "\n" }.joined() + lines.joined()
    node.texts[.dmsetupInfo]?.replace("|253|1|0|1|", with: "|253|1|0|4000|")
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    #expect(assessment.plan.phase2.isEmpty)
    #expect(assessment.plan.refused.map(\.why) == ["its table is too long for a command"])
  }

  @Test func `no plan ever forces, defers or deletes`() {
    for scenario in Scenario.all {
      for step in scenario.assessment.steps.flatMap({ [$0] + $0.children }) {
        let words = step.argv.joined(separator: " ")
        #expect(step.argv.first == "dmsetup" || step.argv.first == "lvchange")
        for bad in ["--force", "-f", "--deferred", "remove_all", "lvremove", "wipe_table"] {
          #expect(!step.argv.contains(bad), "\(scenario.testDescription): \(words)")
        }
      }
    }
  }

  @Test func `an open mapping and one that a running guest names are in no step`() {
    for scenario in Scenario.all {
      let assessment = scenario.assessment
      for (facts, _) in zip(assessment.inventory.mappings, assessment.verdicts) {
        guard
          let step = assessment.steps.first(where: { $0.mapping == facts.mapping.name })
        else { continue }
        #expect(!facts.isOpen, "\(scenario.testDescription): \(step.mapping)")
        for reference in facts.references {
          #expect(!assessment.inventory.guests.hasProcess(reference.configuration.id))
        }
      }
    }
  }

  @Test func `children go with their parent, and an open one keeps it`() throws {
    let plan = assessment(of: "case-23-partition-of-a-guest-disk").plan
    let step = try #require(plan.phase1.first)
    #expect(step.children.map(\.mapping) == ["san-vm--102--disk--0p1"])
    #expect(step.children.first?.argv.prefix(3) == ["dmsetup", "remove", "-u"])
    #expect(
      step.preconditions.contains {
        $0.kind == .holders && $0.expected == "san-vm--102--disk--0p1"
      })
    #expect(assessment(of: "case-23-partition-in-use").steps.isEmpty)
  }

  @Test(arguments: ["test--vm--999--disk\\x20--0", "test--vm--999--disk--0\\x3brm"])
  func `a name that no command should meet is refused`(name: String) {
    let plan = assessment(
      of: "hand-made-mapping",
      with: [
        "dmsetup-info.txt": "\(name)||253|0|0|1|0|L--w\n",
        "dmsetup-table.txt": "\(name): 0 8 zero\n",
      ]
    ).plan
    #expect(plan.phase1.isEmpty && plan.phase2.isEmpty)
    #expect(plan.refused.map(\.mapping) == [name])
  }

  @Test func `a name without uuid that passes for an option is refused`() {
    let name = "-vm--999--disk--0"
    let plan = assessment(
      of: "hand-made-mapping",
      with: [
        "dmsetup-info.txt": "\(name)||253|0|0|1|0|L--w\n",
        "dmsetup-table.txt": "\(name): 0 8 zero\n",
      ]
    ).plan
    #expect(plan.refused.map(\.mapping) == [name])
  }

  @Test func `a strict bundle and one without machine or boot id have no steps`() {
    let strict = assessment(of: "strict-redaction").plan
    #expect(strict.phase2.isEmpty && strict.refused.count == 1)
    let manifest = "node pve1\nhostname pve1\ncollected-at 2026-11-22T12:00:00Z\n"
    let nameless = assessment(of: scenario, with: ["manifest.txt": manifest]).plan
    #expect(nameless.phase2.isEmpty && nameless.refused.count == 1)
  }

  @Test func `a suspended mapping and one with a second table are refused`() {
    let strange = assessment(of: "renamed-volume-suspended").plan
    #expect(strange.refused.map(\.mapping) == ["san-vm--101--disk--0"])
    let info = String(
      decoding: Scenario.named(scenario)?.files["dmsetup-info.txt"] ?? [], as: UTF8.self)
    let loaded = assessment(
      of: scenario, with: ["dmsetup-info.txt": info.replacing(before: "L--w", after: "LI-w")])
    #expect(loaded.plan.refused.count == 1 && loaded.steps.isEmpty)
  }

  @Test func `a mapping that lies on another goes before it`() {
    // Two leftovers, the second on the first.
    let group = "GroupSan" + String(repeating: "0", count: 24)
    func uuid(_ text: String) -> String {
      "LVM-" + group + text + String(repeating: "0", count: 32 - text.count)
    }
    let info =
      "san-vm--122--disk--0|\(uuid("One"))|253|0|0|1|0|L--w\n"
      + "san-vm--123--disk--0|\(uuid("Two"))|253|1|0|1|0|L--w\n"
    let table =
      "san-vm--122--disk--0: 0 100 linear 8:16 999999\n"
      + "san-vm--123--disk--0: 0 100 linear 253:0 0\n"
    let plan = assessment(
      of: scenario, with: ["dmsetup-info.txt": info, "dmsetup-table.txt": table]
    ).plan
    #expect(plan.phase2.map(\.mapping) == ["san-vm--123--disk--0", "san-vm--122--disk--0"])
  }

  @Test func `a forged tower of mappings is planned in time`() {
    let group = "GroupSan" + String(repeating: "0", count: 24)
    var info = ""
    var table = ""
    for index in 100..<400 {
      let id = "Id\(index)"
      let uuid = "LVM-\(group)\(id)\(String(repeating: "0", count: 32 - id.count))"
      info += "san-vm--\(index)--disk--0|\(uuid)|253|\(index)|0|2|0|L--w\n"
      // Each on the next two: as many ways down as there are stars.
      table +=
        "san-vm--\(index)--disk--0: 0 8 linear 253:\(index + 1) \(index * 8)\n"
        + "san-vm--\(index)--disk--0: 8 8 linear 253:\(index + 2) \(index * 8)\n"
    }
    let plan = assessment(
      of: scenario, with: ["dmsetup-info.txt": info, "dmsetup-table.txt": table]
    ).plan
    #expect(plan.phase2.count > 200)
  }
}
