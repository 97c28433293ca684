import BundleFormat
import NodeState

/// What is so of all that one configuration names.
struct ConfigurationStanding: Sendable {
  /// Whether it is of this node.
  let isHere: Bool
  /// Whether its guest runs on this node.
  let guestRuns: Bool
  /// Whether some process of its guest exists here, agreeing with a pid file or not.
  let guestHasProcess: Bool

  init(_ configuration: GuestConfiguration, nodeName: String, guests: GuestStates) {
    isHere = configuration.node == nodeName
    guestRuns = guests.runs(configuration.id)
    guestHasProcess = guestRuns || guests.hasProcess(configuration.id)
  }
}

/// A configuration line that names a volume, resolved to where the volume would be.
public final class ResolvedReference: Sendable {
  public let configuration: GuestConfiguration
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
    configuration: GuestConfiguration, _ standing: ConfigurationStanding, position: Int,
    number: Int, storage: Storage?, counts: Bool, snapshot: String?
  ) {
    self.configuration = configuration
    self.position = Int32(truncatingIfNeeded: position)
    self.number = Int32(truncatingIfNeeded: number)
    self.storage = storage
    self.counts = counts
    self.snapshot = snapshot
    isAttached = snapshot == nil && configuration.references[position].isAttached
    (isHere, guestRuns) = (standing.isHere, standing.guestRuns)
    guestHasProcess = standing.guestHasProcess
  }

  public var reference: VolumeReference { configuration.references[Int(position)] }

  /// `100.conf:5` as people say it: `scsi0 of guest 100`.
  var place: String { sentence("") }

  /// ``place`` and what is said of it, in one text.
  func sentence(_ rest: String) -> String {
    let reference = reference
    let (section, snapshot) =
      switch reference.section {
      case .main: ("", "")
      case .pending: (", pending", "")
      case .snapshot(let name): (", snapshot ", name)
      case .fleecing: (", fleecing", "")
      }
    // Nearly every healthy disk's reason is one of these: it is put together at one go.
    var text = ""
    text.reserveCapacity(
      reference.slot.utf8.count + section.utf8.count + snapshot.utf8.count
        + configuration.node.utf8.count + rest.utf8.count + 24)
    text += reference.slot
    text += section
    text += snapshot
    text += " of guest "
    text += configuration.id.description
    text += " on "
    text += configuration.node
    text += rest
    return text
  }

  var evidence: Evidence {
    Evidence(configuration.references[Int(position)].location, from: .guestConfigs)
  }
}

/// A text that names a volume without being a reference.
public final class ResolvedMention: Sendable {
  public let configuration: GuestConfiguration
  public let mention: Mention
  public let counts: Bool
  /// Whether the configuration is of this node.
  let isHere: Bool
  let guestHasProcess: Bool

  init(
    configuration: GuestConfiguration, _ standing: ConfigurationStanding, mention: Mention,
    counts: Bool
  ) {
    self.configuration = configuration
    self.mention = mention
    self.counts = counts
    (isHere, guestHasProcess) = (standing.isHere, standing.guestHasProcess)
  }

  var evidence: Evidence { Evidence(mention.location, from: .guestConfigs) }
}
