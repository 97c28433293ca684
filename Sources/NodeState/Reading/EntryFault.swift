import BundleFormat

/// Why an entry proves nothing.
struct EntryFault {
  let status: SourceStatus.Status
  /// A phrase that follows the source's name.
  let reason: String

  /// Returns nil for an entry that can be used.
  ///
  /// - Parameter accepted: The exit codes by which the tool tells no failure.
  init?(of entry: BundleEntry, acceptingExitCodes accepted: [Int] = [0]) {
    if entry.isPlain { return nil }
    let result = entry.result
    let isCommand = result.planned.kind == .command
    switch result.status {
    case _ where !entry.isIntact:
      self.init(.broken, "altered since collection")
    case .missing:
      self.init(.missing, isCommand ? "not installed" : "does not exist")
    case .skipped:
      self.init(.skipped, "left out")
    case .failed:
      self.init(.broken, "could not be \(isCommand ? "asked" : "read")" + Self.words(of: entry))
    case .timedOut:
      self.init(.timedOut, "timed out after \(result.durationMilliseconds / 1000) s")
    case .truncated:
      self.init(.truncated, "cut off after \(result.sizeBytes) bytes")
    case .collected:
      if let end = result.badEnd(accepting: accepted) {
        self.init(.broken, end + (result.exitCode == nil ? "" : Self.words(of: entry)))
      } else if entry.content == nil && result.sizeBytes != 0 {
        self.init(.broken, "its bytes are not in the bundle")
      } else {
        return nil
      }
    }
  }

  init(_ status: SourceStatus.Status, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  /// The first line that the tool said on standard error, as `: …`; empty when it said nothing.
  private static func words(of entry: BundleEntry) -> String {
    let text = entry.standardError
    let bytes = text.span
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      if !text.isEmpty {
        return ": " + bytes.text(text.lowerBound..<min(text.upperBound, text.lowerBound + 200))
      }
    }
    return ""
  }
}
