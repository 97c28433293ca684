import BundleFormat

/// Redacts what PVE's tools write to standard error: their warnings repeat lines of configurations.
///
/// `vm 100 - unable to parse config: LINE`. Only words that are known to repeat nothing stay. The other
/// tools read no configuration of PVE, and lose what looks like a password. Of LVM and device-mapper all
/// stays: verdicts rest on their warnings.
///
/// Source: `parse_vm_config` in `PVE::QemuServer`, `parse_pct_config` in `PVE::LXC::Config`,
/// `parse_config` in `PVE::SectionConfig`, `PVE::IPCC`, `PVE::CLIHandler`, corosync-quorumtool(8).
enum ErrorOutputRedaction {
  /// The sources that PVE's tools answer.
  private static let sources: Set<SourceID> = [.qmList, .pctList, .clusterStatus, .pveVersion]

  private static let whole: Set<SourceID> = [
    .lvs, .vgs, .pvs, .lvmconfig, .dmsetupInfo, .dmsetupTable, .dmsetupDeps, .dmsetupStatus,
    .dmsetupTargets, .dmsetupUdevcookies,
  ]

  /// Returns standard error as it may be kept.
  static func redact(_ bytes: [UInt8], of source: SourceID) -> [UInt8] {
    if whole.contains(source) { return bytes }
    guard sources.contains(source) else { return Lines.map(bytes, SecretAssignments.redacted) }
    return Lines.map(bytes) { line in
      let text = line.trimmed
      if text.isEmpty || isHarmless(text) { return Array(line) }
      guard let said = beginning(of: text) else { return Redaction.mark }
      return said + [UInt8(ascii: " ")] + Redaction.mark
    }
  }

  /// What a warning says before it repeats something; nil for words that nobody knows.
  private static func beginning(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for phrase in phrases {
      guard let range = text.firstRange(of: phrase) else { continue }
      guard isPlain(text[..<range.lowerBound]) else { return nil }
      guard phrase.last == UInt8(ascii: "'") else { return text[..<range.upperBound] }
      // A key in quotes, as PVE calls its settings.
      let key = text[range.upperBound...].prefix { $0 != UInt8(ascii: "'") }
      guard key.count <= 40, key.endIndex < text.endIndex,
        key.allSatisfy({ $0.isSmallLetter || $0.isDigit || "_-".utf8.contains($0) }),
        key.first?.isSmallLetter == true
      else { return text[..<(range.upperBound - 2)] }
      return text[...key.endIndex]
    }
    return nil
  }

  /// What stands before a configuration's own words.
  private static let phrases = [
    "unable to parse value of '", "unable to parse config:", "ignore config line:",
    "unable to parse value", "unsupported type", "parse error",
  ].map { Array($0.utf8) }

  /// `vm 100 - `, `file /etc/pve/storage.cfg line 7 (section 'san') - `.
  private static func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
    let words = text.split(whereSeparator: \.isBlank)
    guard let first = words.first else { return true }
    guard words.count > 1, words.count <= 8,
      ["vm", "ct", "file"].contains(where: { first.elementsEqual($0.utf8) })
    else { return false }
    return words.allSatisfy { word in
      word.starts(with: "/etc/pve/".utf8) || word.allSatisfy(\.isDigit)
        || ["vm", "ct", "file", "line", "-"].contains { word.elementsEqual($0.utf8) }
    }
  }

  /// Whether a line is one that a tool writes without anybody's words, but for an error's.
  private static func isHarmless(_ text: ArraySlice<UInt8>) -> Bool {
    if knownLines.contains(where: { text.elementsEqual($0.utf8) }) { return true }
    return beforeErrors.contains { known in
      guard text.starts(with: known.utf8) else { return false }
      let rest = text.dropFirst(known.utf8.count)
      return errors.contains { rest.elementsEqual($0.utf8) }
    }
  }

  private static let knownLines: Set<String> = [
    "please run as root", "got timeout", "cluster not ready - no quorum?", "no quorum",
    "Cannot initialize CMAP service", "Cannot initialize QUORUM service",
    "Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a "
      + "cluster?",
  ]

  private static let beforeErrors =
    [
      "Unable to load access control list: ", "unable to open cluster filesystem: ",
      "unable to parse access control list: ", "",
    ] + (1...4).map { "ipcc_send_rec[\($0)] failed: " }

  /// Source: strerror(3).
  private static let errors: Set<String> = [
    "Connection refused", "Transport endpoint is not connected", "Permission denied",
    "No such file or directory", "Input/output error", "Resource temporarily unavailable",
    "Connection timed out", "Operation not permitted", "Device or resource busy",
    "No space left on device", "Read-only file system", "Unknown error -1",
  ]
}

extension UInt8 {
  fileprivate var isSmallLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
