extension BundleVerification {
  /// The verification as lines of text, safe for a terminal.
  ///
  /// - Parameter all: Whether entries that are as they should be have a line, too.
  public func lines(all: Bool = false) -> [String] {
    var lines = [
      "bundle   \(TerminalText.escaped(bundle.source))",
      "node     \(TerminalText.escaped(bundle.node)), collected at \(bundle.collectedAt)",
    ]
    if let sha256 = bundle.sha256 { lines.append("sha256   \(sha256)") }
    for entry in entries where all || entry.state != .ok {
      lines.append("\(label(of: entry.state)) \(TerminalText.escaped(entry.path))")
    }
    lines.append(countLine)
    for id in unanswered { lines.append("no answer to \(TerminalText.escaped(id))") }
    for lack in lacking { lines.append("required source \(lack.source.rawValue): \(lack.reason)") }
    for lack in failed { lines.append("optional source \(lack.source.rawValue): \(lack.reason)") }
    lines.append(verdictLine)
    return lines
  }

  private func label(of state: State) -> String {
    switch state {
    case .ok: "ok      "
    case .altered: "altered "
    case .missing: "missing "
    case .unlisted: "unlisted"
    }
  }

  /// `61 entries: 59 ok, 1 altered, 1 missing`.
  private var countLine: String {
    let parts: [String] = State.allCases.compactMap { state in
      let count = entries.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    let counts = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    return "\(entries.count) \(entries.count == 1 ? "entry" : "entries")\(counts)"
  }

  private var verdictLine: String {
    switch verdict {
    case .complete where !unanswered.isEmpty:
      "The bundle is as it was collected, but not all that was to be asked has an answer in it."
    case .complete where !failed.isEmpty:
      "The bundle is as it was collected, and every required source is in it."
    case .complete: "The bundle is complete and as it was collected."
    case .incomplete:
      "The bundle is as it was collected, but a required source is missing or failed."
    case .altered: "The bundle is not as it was collected."
    }
  }
}
