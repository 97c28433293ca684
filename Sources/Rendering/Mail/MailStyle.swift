import Analysis

/// Colours and inline styles of a mail: what every mail program understands, and nothing else.
///
/// Each severity has a colour, a shape and its word. All pairs of text and background have a contrast of
/// 4.5:1 or more, as they stand and inverted, since mail programs invert them on their own at night.
enum MailStyle {
  /// Colours as six hexadecimal digits.
  static let backdrop = "#eef1f5"
  static let card = "#ffffff"
  static let ink = "#1d2939"
  static let muted = "#475467"
  static let rule = "#98a2b3"
  static let panel = "#f5f7fa"
  static let critical = "#b42318"
  static let warning = "#934a00"
  static let notice = "#1f5fa8"
  static let healthy = "#1a6e3c"
  static let unknown = "#5b4b8a"

  static let font = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
  static let mono = "font-family:Consolas,Menlo,'Liberation Mono','Courier New',monospace;"
  /// Long names break anywhere rather than widen the page.
  static let breaks = "word-break:break-word;overflow-wrap:anywhere;"

  /// A long name breaks anywhere, one of a usual length where it can be read best.
  static func breaks(of name: String) -> String {
    name.utf8.count > 40 ? "word-break:break-all;" : breaks
  }

  static func color(of severity: Severity) -> String {
    switch severity {
    case .critical: critical
    case .warning: warning
    case .notice: notice
    case .info: muted
    }
  }

  static func color(of level: MailGrade.Level) -> String {
    switch level {
    case .healthy: healthy
    case .finding(let severity): color(of: severity)
    case .unknown: unknown
    }
  }

  static func color(of state: HostFigure.State) -> String {
    switch state {
    case .ok: healthy
    case .high: warning
    case .veryHigh: critical
    case .plain: muted
    }
  }

  /// Plain geometric shapes, which no mail program turns into pictures.
  static func shape(of severity: Severity) -> String {
    switch severity {
    case .critical: "\u{25A0}"
    case .warning: "\u{25B2}"
    case .notice: "\u{25CF}"
    case .info: "\u{25CB}"
    }
  }
}
