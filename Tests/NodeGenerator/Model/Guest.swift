/// A guest while the node is being made up.
final class Guest {
  let id: Int
  let isContainer: Bool
  let node: String
  let isRunning: Bool
  var name: String
  /// `KEY: VALUE` lines of the main section, disks in the order of their slots.
  var lines: [String] = []
  /// Lines that no sorting touches: comments and keys that Proxmox VE drops.
  var oddLines: [String] = []
  var sections: [Section] = []
  var lock: String?
  var isTemplate = false
  /// The device paths that its process was started with.
  var paths: [String] = []
  var isChangedInSecondReading = false
  private var nextDisk = 0
  private var nextUnused = 0

  struct Section {
    let header: String
    var lines: [String]
    /// Whether it may trade places: snapshots may, `[PENDING]` comes first.
    let isSnapshot: Bool
  }

  init(id: Int, isContainer: Bool, node: String, isRunning: Bool, name: String) {
    self.id = id
    self.isContainer = isContainer
    self.node = node
    self.isRunning = isRunning
    self.name = name
  }

  /// The next free disk key; a guest has 50 of them.
  func nextSlot() -> String {
    defer { nextDisk += 1 }
    if isContainer { return nextDisk == 0 ? "rootfs" : "mp\(nextDisk - 1)" }
    switch nextDisk {
    case ..<31: return "scsi\(nextDisk)"
    case ..<47: return "virtio\(nextDisk - 31)"
    default: return "sata\(nextDisk - 47)"
    }
  }

  func nextUnusedSlot() -> String {
    defer { nextUnused += 1 }
    return "unused\(nextUnused)"
  }

  static let diskLimit = 50
}
