import BundleFormat
import NodeState

/// A configuration line that names a volume, resolved to where the volume would be.
public final class ResolvedReference: Sendable {
  private let standing: ConfigurationStanding
  /// The position in the configuration's references.
  private let position: Int32
  /// The number of the reference among all configurations' references.
  let number: Int32
  /// The storage that the line names; nil for an absolute path.
  public let storage: Storage?
  /// The snapshot whose volume follows from the line; nil where the line names the volume itself.
  public let snapshot: String?
  /// Whether the line says something about this node's volume: its storage is shared, or the
  /// configuration is of this node. A local storage of another node is another volume.
  public let counts: Bool
  /// A disk or `vmstate` of the main section, by its own name.
  public let isAttached: Bool
  /// Whether the configuration is of this node.
  let isHere: Bool
  let guestRuns: Bool
  let guestHasProcess: Bool

  init(
    _ standing: ConfigurationStanding, position: Int, number: Int, storage: Storage?, counts: Bool,
    snapshot: String?
  ) {
    self.standing = standing
    self.position = Int32(truncatingIfNeeded: position)
    self.number = Int32(truncatingIfNeeded: number)
    self.storage = storage
    self.counts = counts
    self.snapshot = snapshot
    let lines = standing.configuration.references
    isAttached = snapshot == nil && lines.span[position].isAttached
    (isHere, guestRuns) = (standing.isHere, standing.guestRuns)
    guestHasProcess = standing.guestHasProcess
  }

  public var configuration: GuestConfiguration { standing.configuration }

  var guestProcess: Evidence? { standing.guestProcess }

  public var reference: VolumeReference { configuration.references[Int(position)] }

  /// `100.conf:5` as people say it: `scsi0 of guest 100`.
  var place: String { sentence("") }

  /// ``place`` and what is said of it, in one text.
  func sentence(_ rest: String) -> String {
    var capacity = 0
    forEachPart(rest) { part in
      if case .text(let text) = part { capacity += text.utf8.count } else { capacity += 20 }
    }
    return TextParts.text(capacity: capacity) { text in
      forEachPart(rest) { text.append($0) }
    }
  }

  /// Hands over ``sentence(_:)`` part by part.
  func forEachPart(_ rest: String, _ body: (SentencePart) -> Void) {
    let lines = configuration.references
    body(.text(lines.span[Int(position)].slot))
    switch lines.span[Int(position)].section {
    case .main: break
    case .pending: body(.text(", pending"))
    case .snapshot(let name):
      body(.text(", snapshot "))
      body(.text(name))
    case .fleecing: body(.text(", fleecing"))
    }
    body(.text(" of guest "))
    body(.number(configuration.id.number))
    body(.text(" on "))
    body(.text(configuration.node))
    body(.text(rest))
  }

  var evidence: Evidence {
    let lines = configuration.references
    return Evidence(lines.span[Int(position)].location, from: .guestConfigs)
  }
}
