import Analysis

/// Terminal colours, which only repeat what words say.
struct Palette {
  let isOn: Bool

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  func colored(_ text: String, by severity: Severity) -> String {
    guard isOn else { return text }
    let code =
      switch severity {
      case .critical: "1;31"
      case .warning: "33"
      case .notice: "36"
      case .info: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
