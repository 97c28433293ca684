import Spawn

/// What curl's ending means. Source: curl(1), EXIT CODES and `--write-out`.
struct CurlResult {
  private let result: ProgramResult
  private let bodyBytes: Int
  private let limits: CurlTransport.Limits

  init(_ result: ProgramResult, bodyBytes: Int, limits: CurlTransport.Limits) {
    self.result = result
    self.bodyBytes = bodyBytes
    self.limits = limits
  }

  /// Ends that another try doesn't change: arguments, certificates and what curl was not built with.
  private static let permanentCodes: Set<Int> = [
    1, 2, 3, 4, 26, 27, 43, 48, 51, 53, 54, 58, 59, 60, 66, 77, 82, 83, 90, 91,
  ]

  var transfer: Transfer {
    switch result.cut {
    case .outputLimit:
      return broken(nil, true, "the answer was longer than \(limits.answerBytes) bytes")
    case .timeout:
      return broken(nil, true, "curl did not end within its time")
    case nil: break
    }
    guard case .exited(let code) = result.ending else {
      return broken(nil, true, "curl was killed")
    }
    let report = Report(result.errorOutput)
    if code == 0, let status = report.status {
      return .answered(
        Answer(status: status, contentType: report.contentType, body: result.output))
    }
    let words = report.words.isEmpty ? "curl ended with \(code)" : report.words
    let wasSentWhole = report.sentBytes.map { $0 >= bodyBytes } ?? true
    if Self.permanentCodes.contains(code) && !wasSentWhole { return .impossible(words) }
    return broken(report.status, wasSentWhole, words)
  }

  private func broken(_ status: Int?, _ wasSentWhole: Bool, _ words: String) -> Transfer {
    .broken(BrokenTransfer(status: status, wasSentWhole: wasSentWhole, words: words))
  }

  /// Curl's standard error: its own sentences, and our line.
  private struct Report {
    var words = ""
    /// Nil when no answer began.
    var status: Int?
    /// How much of the body went out; nil when curl didn't say.
    var sentBytes: Int?
    var contentType = ""

    init(_ bytes: [UInt8]) {
      var sentences: [String] = []
      for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
        guard line.hasPrefix(CurlOptions.mark) else {
          sentences.append(String(line))
          continue
        }
        let fields = line.dropFirst(CurlOptions.mark.count)
          .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count >= 2 else { continue }
        status = Int(fields[0]).flatMap { $0 > 0 ? $0 : nil }
        sentBytes = Int(fields[1])
        contentType = fields.count > 2 ? String(fields[2]) : ""
      }
      // Behind the first sentence stands where to read more about certificates.
      words = sentences.first ?? ""
    }
  }
}
