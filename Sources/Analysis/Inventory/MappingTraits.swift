/// What is so of a mapping, one bit each: what rules ask first.
///
/// Most rules fit few mappings. A rule says which traits it wants and which it doesn't stand, and is
/// asked only of mappings that are so: one comparison instead of a question.
struct MappingTraits: OptionSet, Sendable {
  let rawValue: UInt64

  // By the uuid and the name.
  static let withoutUUID = bit(0)
  /// The uuid of a volume's public device.
  static let publicVolume = bit(1)
  static let layered = bit(2)
  static let partition = bit(3)
  static let multipath = bit(4)
  static let crypt = bit(5)
  /// Not named like a guest's disk, or another program's by its uuid.
  static let hosts = bit(6)
  static let wiping = bit(7)
  static let fleecing = bit(8)
  static let snapshot = bit(9)

  // By LVM's metadata.
  static let known = bit(10)
  static let ghost = bit(11)
  static let groupAbsent = bit(12)
  /// Known, and name and table agree with the metadata.
  static let confirmed = bit(13)
  /// LVM has the volume under another name.
  static let otherName = bit(14)
  static let namesake = bit(15)
  static let thin = bit(16)
  static let lengthDiffers = bit(17)
  static let extentsDiffer = bit(18)

  // By the kernel.
  static let open = bit(20)
  /// Suspended, or without a live table.
  static let still = bit(21)
  /// It may lie on a guest's disk, or in a group inside a guest.
  static let perhapsInsideGuest = bit(22)
  /// An error target, or a device of which it is not known at once that it exists.
  static let perhapsDead = bit(23)
  /// It lies on a device that is a path of a multipath map.
  static let onPath = bit(24)

  // By the configurations and storages.
  /// A reference counts.
  static let referenced = bit(30)
  /// A mention counts.
  static let mentioned = bit(31)
  /// A reference or a mention counts.
  static let named = bit(32)
  static let severalReferences = bit(33)
  /// A reference of another node to a volume of that name on its own local storage.
  static let foreign = bit(34)
  /// A counting reference of this node's configurations.
  static let referencedHere = bit(35)
  /// One whose guest has a process here.
  static let withProcess = bit(36)
  /// One whose guest runs here.
  static let running = bit(37)
  /// A storage of this node has its group.
  static let managed = bit(38)
  static let shared = bit(39)

  private static func bit(_ number: UInt64) -> MappingTraits {
    MappingTraits(rawValue: 1 << number)
  }

  /// Returns the traits if something holds, none otherwise.
  static func when(_ holds: Bool, _ traits: MappingTraits) -> MappingTraits {
    holds ? traits : []
  }
}
