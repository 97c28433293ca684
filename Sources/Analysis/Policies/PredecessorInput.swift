import BundleFormat
import NodeState

/// What the predecessor reads of a node: the lines of `qm list`, the names of `dmsetup ls`, and the
/// configuration files of this node's virtual machines. All ids are texts, as in a shell.
///
/// Source: proxmox_dm_v27.sh.
struct PredecessorInput {
  /// First fields of lines that contain `running` anywhere, in a name as well.
  let running: Set<String>
  /// First fields of lines without `VMID`, in the order of the list.
  let machines: [String]
  /// The line of each id in `qm list`.
  let places: [String: SourceLocation]
  /// Lines of this node's configurations that name a disk as v27 knows disks.
  let disks: [Disk]

  /// A line `scsi0: STORAGE:vm-N-disk-M`, of whatever section.
  struct Disk {
    let machine: String
    let slot: String
    let volume: String
    /// The digits at the end; with the machine's id all that v27 compares.
    let number: String
    let location: SourceLocation
  }

  /// - Throws: the gap, when `qm list` was not collected.
  init(_ inventory: Inventory) throws(PredecessorGap) {
    let bundle = inventory.snapshot.bundle
    guard let position = bundle.positions(of: .qmList).first else {
      throw PredecessorGap(Gap(source: .qmList, reason: "not collected"))
    }
    let entry = bundle.entries[position]
    guard let content = entry.content, entry.isIntact, entry.result.status == .collected else {
      let reason = entry.isIntact ? entry.result.status.rawValue : "altered since collection"
      throw PredecessorGap(Gap(source: .qmList, reason: reason))
    }
    var running: Set<String> = []
    var machines: [String] = []
    var places: [String: SourceLocation] = [:]
    for line in TextLine.all(in: content, entry: position) {
      let text = line.text
      let first = String(text.split(whereSeparator: \.isWhitespace).first ?? "")
      if text.utf8.contains("running") { running.insert(first) }
      if !text.utf8.contains("VMID"), !first.isEmpty {
        machines.append(first)
        places[first] = line.location
      }
    }
    (self.running, self.machines, self.places) = (running, machines, places)
    disks = Self.disks(of: machines, inventory)
  }

  private static func disks(of machines: [String], _ inventory: Inventory) -> [Disk] {
    let bundle = inventory.snapshot.bundle
    let folder = "etc/pve/nodes/\(inventory.nodeName)/qemu-server/"
    var files: [String: Int] = [:]
    for position in bundle.positions(of: .guestConfigs) where bundle.entries[position].isIntact {
      let path = bundle.entries[position].result.planned.path
      if path.utf8.contains(folder), let name = path.split(separator: "/").last {
        files[String(name)] = position
      }
    }
    return machines.flatMap { machine -> [Disk] in
      guard let position = files["\(machine).conf"],
        let content = bundle.entries[position].content
      else { return [] }
      return TextLine.all(in: content, entry: position).compactMap { Disk($0, of: machine) }
    }
  }
}

extension PredecessorInput.Disk {
  private static let keys = ["virtio", "ide", "scsi", "sata", "efidisk", "tpmstate", "unused"]

  /// Reads a line `^(virtio|ide|…)[0-9]+:`, its value up to the first comma, and of that
  /// `^[^:]+:vm-[0-9]+-(disk|tmp-state)-[0-9]+$`; nil for any other line.
  init?(_ line: TextLine, of machine: String) {
    let bytes = line.bytes
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let slot = bytes[..<colon]
    let isDisk = Self.keys.contains { key in
      slot.starts(with: key.utf8) && slot.count > key.utf8.count
        && slot.dropFirst(key.utf8.count).allSatisfy(\.isDecimalDigit)
    }
    guard isDisk else { return nil }
    let value = bytes[(colon + 1)...].prefix { $0 != UInt8(ascii: ",") }
    let volume = String(decoding: value, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    guard let number = Self.number(of: volume) else { return nil }
    self.init(
      machine: machine, slot: String(decoding: slot, as: UTF8.self), volume: volume,
      number: number, location: line.location)
  }

  private static func number(of volume: String) -> String? {
    let parts = volume.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].starts(with: "vm-".utf8) else { return nil }
    let rest = parts[1].dropFirst(3)
    let owner = rest.prefix(while: \.isDecimalDigit)
    let tail = rest.dropFirst(owner.count)
    guard !owner.isEmpty else { return nil }
    for kind in ["-disk-", "-tmp-state-"] where tail.starts(with: kind.utf8) {
      let number = tail.dropFirst(kind.utf8.count)
      if !number.isEmpty, number.allSatisfy(\.isDecimalDigit) { return String(Substring(number)) }
    }
    return nil
  }
}
