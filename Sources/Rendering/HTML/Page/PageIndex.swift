import Analysis
import BundleFormat
import NodeState

/// What the page's parts share: who belongs to whom, and the anchor of each.
struct PageIndex {
  let assessment: Assessment
  /// The anchor of each finding, in the order of ``Assessment/findings``.
  let findingAnchors: [String]
  /// The anchor of each mapping, in the order of ``Inventory/mappings``.
  let mappingAnchors: [String]
  /// Each mapping's position by its name.
  let positions: [String: Int]
  /// Whose disk each mapping is; nil for one that is no guest's.
  let owners: [MappingOwner?]
  /// The anchor of each finding by its id.
  let anchorsByFinding: [String: String]
  /// The indices of the findings about each mapping or other subject, by its name.
  let findingsBySubject: [String: [Int]]
  /// The missing disk that each finding is about, by the finding's id.
  let missingByFinding: [String: MissingDisk]
  let roster: GuestRoster
  let physicalVolumes: LivingExtents.Homes
  /// Empty where no mapping outlived its volume: nothing else asks.
  let livingExtents: LivingExtents

  init(_ assessment: Assessment) {
    self.assessment = assessment
    let mappings = assessment.inventory.mappings
    var anchors = AnchorNames()
    findingAnchors = assessment.findings.map { anchors.add($0.id) }
    positions = Dictionary(
      mappings.enumerated().map { ($1.mapping.name, $0) }, uniquingKeysWith: { one, _ in one })
    owners = zip(mappings, assessment.verdicts).map { facts, verdict in
      verdict.classification == .other ? nil : assessment.inventory.owner(of: facts)
    }
    anchorsByFinding = Dictionary(
      zip(assessment.findings, findingAnchors).map { ($0.id, $1) },
      uniquingKeysWith: { one, _ in one })
    findingsBySubject = Dictionary(
      grouping: assessment.findings.indices, by: { assessment.findings[$0].subject })
    missingByFinding = Dictionary(
      assessment.missing.map { (Finding.id(of: $0.rule, $0.subject), $0) },
      uniquingKeysWith: { one, _ in one })
    physicalVolumes = LivingExtents.homes(assessment.snapshot)
    livingExtents = LivingExtents(
      assessment.snapshot, on: mappings.contains(where: \.isGhost) ? physicalVolumes : [:])
    roster = GuestRoster(assessment, owners: owners, anchors: &anchors)
    mappingAnchors = mappings.map { anchors.add($0.mapping.name) }
  }

  var snapshot: NodeSnapshot { assessment.snapshot }
  var inventory: Inventory { assessment.inventory }
  var nodeName: String { assessment.inventory.nodeName }

  var comparison: PredecessorOpinion? { assessment.comparison }

  /// Whether a table has so many rows that a browser should lay out only those in sight.
  static func isLong(_ rows: Int) -> Bool { rows > 300 }

  /// The storage of a guest's disk; nil for any other mapping, and where it has none.
  func storage(ofMappingAt position: Int) -> Storage? {
    owners[position] == nil ? nil : inventory.storage(of: inventory.mappings[position])
  }

  /// The file that the cleanup script is written to; of two bundles of one node each bears its time besides.
  var scriptName: String { ReportName.script(beside: ReportName.of(assessment)) }
}
