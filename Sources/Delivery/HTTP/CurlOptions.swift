import BundleFormat

/// What curl is told, in the form of its configuration files. Source: curl(1), `--config`.
///
/// Curl reads it from standard input, so nothing of it stands in a command line or in the environment.
struct CurlOptions {
  /// Where the request's body is: the second of the descriptors that curl is given.
  static let bodyPath = "/dev/fd/3"
  /// What the line that says how it went begins with.
  static let mark = "dmtools-transfer "

  let endpoint: Endpoint
  let authorityFile: String?
  let credentials: String
  let idempotencyKey: String
  let limits: CurlTransport.Limits

  var text: String {
    var options: [(String, String)] = [
      ("url", endpoint.url),
      ("proto", endpoint.isSecure ? "=https" : "=http"),
      ("user", credentials),
      ("header", "Content-Type: application/json"),
      ("header", "Accept: application/json"),
      // The answer to "may I send" would cost a second wherever nobody gives it.
      ("header", "Expect:"),
      ("header", "Idempotency-Key: \(idempotencyKey)"),
      ("user-agent", "dmtools/\(Release.version)"),
      ("data-binary", "@\(Self.bodyPath)"),
      ("connect-timeout", "\(limits.connectSeconds)"),
      ("max-time", "\(limits.totalSeconds)"),
      ("write-out", "%{stderr}\n\(Self.mark)%{http_code} %{size_upload} %{content_type}\n"),
    ]
    if let authorityFile { options.append(("cacert", authorityFile)) }
    // A proxy would be told the keys of a service that is on this very machine.
    if endpoint.isLoopback { options.append(("noproxy", "*")) }
    let switches = ["silent", "show-error", "http1.1", "tlsv1.2", "globoff"]
    return switches.map { $0 + "\n" }.joined()
      + options.map { "\($0) = \(Self.quoted($1))\n" }.joined()
  }

  /// A text in double quotes, in which a backslash and a few letters stand for what can't stand there.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
