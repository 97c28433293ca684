/// What shall become of a request.
public enum SendingMode: String, Sendable {
  /// The mail goes out.
  case live
  /// The service checks it and sends nothing: `SandboxMode`.
  case sandbox
}
