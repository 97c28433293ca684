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
    case .lvs: return jsonFields(bytes, ["lv_host": node, "lv_tags": volumeTags])
    case .vgs: return jsonFields(bytes, ["vg_systemid": node])
    case .lvmBackup: return perLine(bytes, backupHeader)
    case .qmList: return perLine(bytes, machineList)
    case .pctList: return perLine(bytes, containerList)
    case .tasksActive: return perLine(bytes) { freeText(task($0)) }
    case .haConfig, .replicationConfig: return perLine(bytes) { freeText(clusterSetting($0)) }
    case .clusterStatus: return perLine(bytes) { freeText(clusterStatus($0)) }
    case .iscsiSessions: return perLine(bytes, session)
    case .devLinks, .qemuProcesses, .deviceUsers, .lsblk: return perLine(bytes, links)
    case .fstab: return perLine(bytes, mount)
    case .kernelLog: return perLine(bytes, freeText)
    default: return bytes
    }
  }

  /// Returns error output with pseudonyms for addresses and nodes.
  func redact(errorOutput bytes: [UInt8]) -> [UInt8] { perLine(bytes, freeText) }

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
    guard !value.isEmpty, !value.hasPrefix("<redacted>") else { return line }
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
    default: line
    }
  }

  private func storage(_ line: String) -> String {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    if indent.isEmpty { return line }
    let text = String(line[indent.endIndex...])
    let result =
      switch text.prefix(while: { $0 != " " && $0 != "\t" }) {
      case "nodes":
        value(of: text, behind: " \t") { list($0, separators: ",; ", node) }
      case "server", "server2", "portal", "monhost", "domain":
        value(of: text, behind: " \t") { list($0, separators: ",; ", addressAndPort) }
      case "target", "share", "export", "datastore", "namespace":
        value(of: text, behind: " \t") { pseudonyms.name(.host, $0) }
      case "options": freeText(text)
      case "path": links(in: text)
      default: text
      }
    return indent + result
  }

  /// `192.0.2.1:3260`, `[fd00::1]:3260`, `san.example`.
  private func addressAndPort(_ text: String) -> String {
    guard !Pseudonyms.isIPv6(text), let colon = text.lastIndex(of: ":"),
      text[text.index(after: colon)...].allSatisfy(\.isNumber)
    else { return pseudonyms.address(text) }
    return pseudonyms.address(String(text[..<colon])) + text[colon...]
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
