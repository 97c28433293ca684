/// What came of one request.
public enum Transfer: Hashable, Sendable {
  /// A whole answer, whatever it says.
  case answered(Answer)
  /// No answer, or not all of it.
  case broken(BrokenTransfer)
  /// Nothing was sent, and another try would end the same: a certificate is not trusted.
  case impossible(String)
}
