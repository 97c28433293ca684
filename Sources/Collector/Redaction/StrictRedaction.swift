import BundleFormat

/// Replaces what names people's things, field by field: guests, hosts, addresses, tags, cluster.
///
/// What is left parses as before; ids of guests and storages, volume groups and volumes stay, or
/// nothing could be judged.
struct StrictRedaction {
  let pseudonyms: Pseudonyms
  /// The names of the cluster's nodes, for text that may hold them anywhere.
  let nodeNames: Set<String>

  /// Returns an answer, already redacted, with pseudonyms.
  func redact(_ bytes: [UInt8], of source: SourceID) -> [UInt8] {
    switch source {
    case .machineID:
      let id = String(decoding: bytes[...].trimmed, as: UTF8.self)
      return id.isEmpty ? bytes : Array("\(pseudonyms.machineID(id))\n".utf8)
    case .guestConfigs: return perLine(bytes) { links(in: guestConfiguration($0)) }
    case .storageCfg: return perLine(bytes, storage)
    case .pveVmlist, .pveMembers: return members(bytes)
    case .lvs:
      return jsonFields(
        bytes, ["lv_host": node, "lv_tags": volumeTags, "seg_pe_ranges": extentRanges])
    case .pvs: return jsonFields(bytes, ["pv_name": { links(in: $0) }])
    case .lvmconfig: return perLine(bytes) { links(in: $0, pseudonyms.addresses) }
    case .vgs: return jsonFields(bytes, ["vg_systemid": node])
    case .lvmBackup: return perLine(bytes, backupHeader)
    case .qmList: return perLine(bytes, machineList)
    case .pctList: return perLine(bytes, containerList)
    case .tasksActive: return perLine(bytes) { freeText(task($0)) }
    case .haConfig, .replicationConfig: return perLine(bytes) { freeText(clusterSetting($0)) }
    case .clusterStatus: return perLine(bytes, clusterStatus)
    case .iscsiSessions: return perLine(bytes, anyText)
    case .devLinks, .qemuProcesses: return perLine(bytes) { links(in: $0) }
    case .deviceUsers: return jsonFields(bytes, ["detail": place])
    case .topProcesses: return jsonFields(bytes, ["name": place])
    case .networkTraffic: return perLine(bytes, interface)
    case .lsblk: return jsonFields(bytes, ["mountpoint": place])
    case .multipath: return perLine(bytes, multipath)
    case .filesystems, .zpoolList, .zpoolStatus: return perLine(bytes, place)
    case .fstab: return perLine(bytes, mount)
    case .kernelLog: return perLine(bytes, anyText)
    default: return bytes
    }
  }

  /// Returns error output with pseudonyms for addresses, nodes, and devices that are named after them.
  func redact(errorOutput bytes: [UInt8]) -> [UInt8] { perLine(bytes, anyText) }

  /// Replaces the node in a path: `files/etc/pve/nodes/NODE/qemu-server/100.conf`.
  func path(_ path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let index = parts.firstIndex(of: "nodes"), index > 1, parts[index - 1] == "pve",
      index + 2 < parts.count, parts[index + 1] != "*"
    else { return path }
    parts[index + 1] = pseudonyms.node(parts[index + 1])
    return parts.joined(separator: "/")
  }

  private func perLine(_ bytes: [UInt8], _ transform: (String) -> String) -> [UInt8] {
    Lines.map(bytes) { line in
      let text = String(decoding: line, as: UTF8.self)
      let result = transform(text)
      return result == text ? Array(line) : Array(result.utf8)
    }
  }

  private func node(_ name: String) -> String { name.isEmpty ? "" : pseudonyms.node(name) }

  /// Replaces each part of a list and keeps what stands between.
  private func list(
    _ text: String, separators: String, _ transform: (String) -> String
  ) -> String {
    var result = ""
    var word = ""
    for character in text {
      if separators.contains(character) {
        result += word.isEmpty ? "" : transform(word)
        result.append(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + (word.isEmpty ? "" : transform(word))
  }

  /// Replaces what stands behind a key and blanks, and keeps both.
  private func value(
    of line: String, behind separators: String, _ transform: (String) -> String
  ) -> String {
    guard let end = line.firstIndex(where: separators.contains) else { return line }
    let rest = line[line.index(after: end)...]
    let blanks = rest.prefix { $0 == " " || $0 == "\t" }
    let value = rest[blanks.endIndex...]
    // Behind the mark, what it hides of one word, <redacted>@nas, or devices that a text named.
    let mark = "<redacted>"
    guard !value.isEmpty, value != mark, !value.hasPrefix("\(mark) ") else { return line }
    return line[...end] + blanks + transform(String(value))
  }

  // MARK: Sources

  private func guestConfiguration(_ line: String) -> String {
    switch line.prefix(while: { $0 != ":" }) {
    case "name", "hostname":
      value(of: line, behind: ":") { pseudonyms.name(.guest, $0) }
    case "tags":
      value(of: line, behind: ":") { tags in
        list(tags, separators: ";, \r") { pseudonyms.name(.tag, $0) }
      }
    default: list(line, separators: ", \t\r", file)
    }
  }

  /// A file that a line names as a disk, `file=/mnt/pve1-data/disk.raw` or `nas:iso/pve2.iso`; devices and
  /// volumes stay.
  private func file(_ part: String) -> String {
    let value = part.firstIndex(of: "=").map { part[part.index(after: $0)...] } ?? part[...]
    let isFile = value.hasPrefix("/") && !value.hasPrefix("/dev/")
    let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isImage = ["iso/", "vztmpl/", "import/"].contains { parts.last?.hasPrefix($0) ?? false }
    return isFile || isImage ? part[..<value.startIndex] + place(String(value)) : part
  }

  /// `enx00e04c680001:`: an interface that is named after its address.
  private func interface(_ line: String) -> String {
    let name = line.drop { $0 == " " }.prefix { $0 != ":" }
    guard name.hasPrefix("enx") else { return line }
    return line[..<name.startIndex] + "enx-" + pseudonyms.name(.host, String(name))
      + line[name.endIndex...]
  }

  private func storage(_ line: String) -> String {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    let text = String(line[indent.endIndex...])
    // PVE takes none with a colon, but what it takes none of is kept as well.
    let ends = " \t:"
    let result =
      switch text.prefix(while: { !ends.contains($0) }) {
      case "nodes":
        value(of: text, behind: ends) { list($0, separators: ",; ", node) }
      case "server", "server2", "portal", "monhost", "domain":
        value(of: text, behind: ends) { list($0, separators: ",; ", addressAndPort) }
      case "target", "share", "export", "datastore", "namespace", "comstar_hg", "comstar_tg":
        value(of: text, behind: ends) { behindMark($0) { pseudonyms.name(.host, $0) } }
      case "options": anyText(text)
      case "path", "mountpoint", "subdir", "pool", "content-dirs", "zfs-base-path": place(text)
      default: links(in: text)
      }
    return indent + result
  }

  /// `<redacted>@nas.example`: the mark stays, and what stands behind is replaced.
  private func behindMark(_ text: String, _ transform: (String) -> String) -> String {
    let mark = "<redacted>@"
    return text.hasPrefix(mark)
      ? mark + transform(String(text.dropFirst(mark.count))) : transform(text)
  }

  /// `192.0.2.1:3260`, `[fd00::1]:3260`, `san.example`.
  private func addressAndPort(_ text: String) -> String { behindMark(text, hostAndPort) }

  private func hostAndPort(_ text: String) -> String {
    guard !Pseudonyms.isIPv6(text), let colon = text.lastIndex(of: ":"),
      text[text.index(after: colon)...].allSatisfy(\.isNumber)
    else { return pseudonyms.address(text) }
    return pseudonyms.address(String(text[..<colon])) + text[colon...]
  }

  /// `/dev/sdb:0-99 /dev/sdc:0-99`: devices with their extents.
  private func extentRanges(_ text: String) -> String {
    list(text, separators: " ,") { part in
      guard let colon = part.lastIndex(of: ":") else { return links(in: part) }
      return links(in: String(part[..<colon])) + part[colon...]
    }
  }

  private func volumeTags(_ tags: String) -> String {
    list(tags, separators: ",") { $0.hasPrefix("pve-") ? $0 : pseudonyms.name(.tag, $0) }
  }

  private func backupHeader(_ line: String) -> String {
    if line.hasPrefix("creation_host") {
      let name = line.split(separator: "\"", omittingEmptySubsequences: false)
      return "creation_host = \"\(name.count > 1 ? node(String(name[1])) : "")\""
    }
    return line
  }
}
