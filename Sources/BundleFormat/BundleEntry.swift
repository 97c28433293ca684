/// One answer: what came of the question, and the bytes.
public final class BundleEntry: Sendable {
  public let result: EntryResult
  /// The answer's bytes; nil when the bundle has none.
  public let content: [UInt8]?
  /// The command's standard error output; empty when there was none.
  public let standardError: [UInt8]
  /// Whether the bytes agree with the hashes that the manifest gives. An altered entry proves nothing.
  public let isIntact: Bool
  /// Whether it is a file's whole content, which nothing is wrong with: as nearly all are.
  public let isPlain: Bool

  public init(result: EntryResult, content: [UInt8]?, standardError: [UInt8] = [], isIntact: Bool) {
    isPlain =
      isIntact && result.status == .collected && result.planned.kind != .command
      && result.exitCode == nil && result.signal == nil && content != nil
    self.result = result
    self.content = content
    self.standardError = standardError
    self.isIntact = isIntact
  }
}
