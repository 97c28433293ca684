/// Something that the script proves again right before it acts.
public struct Precondition: Hashable, Sendable {
  public let kind: Kind
  public let expected: String

  public enum Kind: String, Sendable {
    case node
    case machineID
    case bootID
    /// The end of the 24 hours after collection in which the script may act.
    case notAfter
    case uuid
    /// The live table's lines as `START LENGTH TYPE PARAMETERS`, joined by line breaks.
    case table
    case openCount
    /// The four characters of `dmsetup info -c`.
    case attributes
    /// Devices that may be stacked on it, the partitions that go first; empty for none.
    case holders
    /// For shared storage: `1` for a cluster, which has to be there and quorate; `alone` for a node
    /// that was in none, of which a cluster that is there now has to be quorate.
    case quorate
    /// A guest that must have no process, no `lock:` and no running task.
    case guestIdle
    /// `NODE/qemu-server/ID.conf` or `NODE/lxc/ID.conf`, and the digest of its live lines.
    case liveDigest
    /// A guest that must still have no configuration on any node.
    case noConfiguration
    /// A volume's name, perhaps empty, and guests: no other guest's configuration, and no line of
    /// fstab, names the mapping or the volume.
    case namedBy
    /// `STORAGE:VOLUME`: what those guests must have attached on this node where another line of theirs
    /// names the volume. Without any, none may.
    case attachedAs
    /// `present GROUPUUID VOLUMEUUID NAME` or `absent GROUPUUID VOLUMEUUID`.
    case volume
    /// The uuid and name of the volume that has the mapping's name while its own is absent. Where
    /// there is none, no volume may have the name: the mapping would be another case.
    case namesake
    /// The number of the group's metadata, where the verdict rests on a volume's size and extents.
    case groupSequence
    /// What the group is called: under another name it is another storage's, or none's.
    case group
    /// The volume's segments in their order, `START+COUNT@DEVICE:FIRST-LAST,…` or `START+COUNT@thin:ID`, joined
    /// by `;`, in extents: of another size or at another place it would be another case.
    case extents
    /// The group of a physical volume that a guest has on its disk, where the mapping is one.
    case physicalVolume
  }

  init(_ kind: Kind, _ expected: String) {
    self.kind = kind
    self.expected = expected
  }
}
