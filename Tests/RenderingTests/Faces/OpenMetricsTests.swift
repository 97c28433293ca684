import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct OpenMetricsTests {
  private func assessment(_ node: SmallNode) -> Assessment {
    Assessment(of: NodeSnapshot(reading: node.bundle))
  }

  private func lines(_ nodes: SmallNode...) -> [Substring] {
    OpenMetricsText(nodes.map(assessment)).text.split(separator: "\n")
  }

  @Test func `counts stand beside the node's name`() {
    let lines = lines(.withGhost)
    #expect(lines.contains(#"dmtools_mappings{cluster="lab",node="pve1",class="orphaned"} 1"#))
    #expect(lines.contains(#"dmtools_findings{cluster="lab",node="pve1",severity="warning"} 1"#))
    #expect(
      lines.contains(#"dmtools_rule_findings{cluster="lab",node="pve1",rule="ghost-mapping"} 1"#))
    #expect(lines.contains(#"dmtools_grade{cluster="lab",node="pve1",letter="B"} 1"#))
    #expect(lines.contains(#"dmtools_plan_steps{cluster="lab",node="pve1",phase="2"} 1"#))
    #expect(lines.last == "# EOF")
  }

  @Test func `without a grade there is none`() {
    var node = SmallNode.withGhost
    node.lacking = [.lvs]
    let lines = lines(node)
    #expect(!lines.contains { $0.contains("dmtools_grade") })
    #expect(lines.contains(#"dmtools_missing_sources{cluster="lab",node="pve1"} 1"#))
  }

  @Test func `families are told once and hold together, whatever nodes there are`() {
    var other = SmallNode()
    other.name = "pve2"
    other.texts[.pveMembers] = "{\"nodename\":\"pve2\",\"version\":1}"
    let lines = lines(.withGhost, other)
    let families = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(Set(families).count == families.count)
    var seen: [Substring] = []
    for line in lines where !line.hasPrefix("#") {
      let name = line.prefix { $0 != "{" }
      if seen.last != name {
        #expect(!seen.contains(name), "\(name) is told in two places")
        seen.append(name)
      }
    }
    #expect(lines.contains { $0.hasPrefix(#"dmtools_mappings{node="pve2",class="valid"} "#) })
  }

  @Test func `of two bundles of one node the later counts`() {
    var later = SmallNode()
    later.collectedAt = Timestamp("2026-11-23T07:00:00Z")!
    for lines in [lines(.withGhost, later), lines(later, .withGhost)] {
      let stamps = lines.filter { $0.hasPrefix("dmtools_collected_timestamp_seconds{") }
      #expect(stamps.count == 1 && stamps[0].hasSuffix(" \(later.collectedAt.secondsSinceEpoch)"))
    }
  }

  @Test func `machines that are called alike are told apart`() {
    var other = SmallNode()
    other.machineID = "fedcba9876543210fedcba9876543210"
    let stamps = lines(SmallNode(), other).filter {
      $0.hasPrefix("dmtools_collected_timestamp_seconds{")
    }
    #expect(stamps.count == 2)
    #expect(stamps.allSatisfy { $0.contains("machine=\"") }, "\(stamps)")
    #expect(!lines(other).contains { $0.contains("machine=\"") })
  }

  @Test func `thin pools are told by their shares`() {
    var node = SmallNode()
    node.texts[.dmsetupStatus] =
      "p\\x22q-tpool: 0 8 thin-pool 1 7/8 1/3 - rw discard_passdown queue_if_no_space - 1024\n"
    let lines = lines(node)
    #expect(
      lines.contains(
        #"dmtools_thin_pool_used_ratio{cluster="lab",node="pve1",pool="p\\x22q-tpool",part="data"} 0.3333"#
      ))
    #expect(lines.contains { $0.hasSuffix(#"part="metadata"} 0.8750"#) })
  }
}
