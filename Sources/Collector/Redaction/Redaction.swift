import BundleFormat

/// Takes secrets out of answers, and remembers them, so that everything else can be searched.
struct Redaction {
  /// What stands where something was taken out.
  static let mark = Array("<redacted>".utf8)

  var secrets = SecretSet()

  /// Returns an answer as it may be kept.
  ///
  /// - Parameters:
  ///   - bytes: The answer as the node gave it.
  ///   - source: The question.
  ///   - path: The file that the answer is, for messages and to tell machines from containers.
  mutating func redact(_ bytes: [UInt8], of source: SourceID, path: String) -> [UInt8] {
    switch source {
    case .guestConfigs:
      let kind: GuestConfigurationRedaction.Kind =
        path.split(separator: "/").dropLast().last == "lxc" ? .container : .machine
      return GuestConfigurationRedaction(kind: kind, origin: path).redact(bytes, into: &secrets)
    case .storageCfg:
      return StorageRedaction(origin: path).redact(bytes, into: &secrets)
    case .fstab:
      return FstabRedaction(origin: path).redact(bytes, into: &secrets)
    case .dmsetupTable:
      return TableRedaction(origin: source.rawValue).redact(bytes, into: &secrets)
    case .haConfig, .replicationConfig:
      return SectionRedaction(origin: path).redact(bytes, into: &secrets)
    case .lvmBackup:
      return LVMBackupReduction.reduce(bytes)
    case .kernelLog:
      let kept = Lines.last(200, of: bytes, containing: ["device-mapper", "dm-"])
      return Lines.map(kept, SecretAssignments.redacted)
    case .tasksActive:
      // Behind the task's id, which may hold a token's name and a colon, stands how it ended.
      return Lines.map(bytes) { line in
        let end = line.firstIndex(of: UInt8(ascii: " ")) ?? line.startIndex
        return line[..<end] + SecretAssignments.redacted(line[end...])
      }
    case .multipath, .iscsiSessions, .clusterStatus, .zpoolList, .zpoolStatus, .services:
      return Lines.map(bytes, SecretAssignments.redacted)
    default:
      return bytes
    }
  }

  /// Returns the mark, what may be kept of the text behind it, and its line end.
  static func replacement(
    for text: ArraySlice<UInt8>, hiding secrets: SecretSet
  ) -> [UInt8] {
    var result = mark
    for token in KeptTokens.all(in: text) where secrets.origin(ofSecretIn: token) == nil {
      result.append(UInt8(ascii: " "))
      result += token
    }
    return result
  }
}
