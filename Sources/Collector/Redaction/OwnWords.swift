import BundleFormat

/// What this tool writes into every bundle by itself: nobody's password is given away by it.
///
/// Somebody's password may be `password`, and a note may say `key: machine-id`; a bundle without these
/// words can't be written.
enum OwnWords {
  /// Whether a value begins like a part of what every bundle holds: one look, and most values don't.
  static func begin(like value: ArraySlice<UInt8>) -> Bool {
    value.count <= text.count && starts.contains(start(of: value))
  }

  /// Whether a value is a part of what every bundle holds.
  static func hold(_ value: ArraySlice<UInt8>) -> Bool {
    begin(like: value) && text[...].firstRange(of: Array(value)) != nil
  }

  private static let starts: Set<UInt64> = {
    var starts: Set<UInt64> = []
    for position in text.indices { starts.insert(start(of: text[position...])) }
    return starts
  }()

  /// The first eight bytes as a number.
  private static func start(of value: ArraySlice<UInt8>) -> UInt64 {
    value.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The manifests as they are, and the words that redacted texts keep.
  private static let text: [UInt8] = {
    let words = settings.union(MountOptions.harmless).union(keys)
    return manifest + Redaction.mark + Array(words.sorted().joined(separator: "\n").utf8)
  }()

  private static let manifest: [UInt8] = {
    let time = Timestamp(secondsSinceEpoch: 0)
    let statuses: [EntryResult.Status] = [
      .collected, .missing, .failed, .timedOut, .truncated, .skipped,
    ]
    let results = Questionnaire.all.flatMap { question in
      (1...(question.isAskedTwice ? 2 : 1)).map { reading in
        EntryResult(
          planned: question.planned(reading: reading), status: .collected,
          standardError: EntryResult.StandardError(
            path: question.errorPath(reading: reading), sizeBytes: 0, sha256: .other("")),
          liveDigest: .other(""))
      }
    }
    let planned = Questionnaire.plan
    return [Manifest.Redaction.standard, .strict].flatMap { redaction in
      Manifest(
        tool: Manifest.Tool(name: "dmcollect", version: Release.version),
        node: Manifest.Node(name: "", hostname: "", machineID: nil, bootID: nil, cluster: nil),
        collectedAt: time, redaction: redaction, entries: planned
      ).json
    }
      + ManifestEnd(
        finishedAt: time,
        results: results + statuses.map { EntryResult(planned: planned[0], status: $0) }
      ).json + Array("manifest.json manifest-end.json second/files second/commands\n".utf8)
  }()

  /// Settings whose names stay, whatever becomes of their values.
  private static let settings = StorageRedaction.allKnown
    .union(GuestConfigurationRedaction.allKnown)
    .union([
      "args", "cipassword", "ciuser", "comment", "credentials", "description", "encryption-key",
      "fingerprint", "keyring", "lxc.environment", "lxc.mount.entry", "master-pubkey",
      "nameserver", "password", "searchdomain", "smbios1", "sshkeys", "username",
    ])

  /// The names in the lines that probes write.
  private static let keys: Set<String> = [
    "cpuPercent", "incoming", "kernelName", "pidFileAgrees", "residentBytes",
  ]
}
