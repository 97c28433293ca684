/// The name of one run of the program, so that today's mail is told from yesterday's.
public struct RunID: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// The run that only shows: always the same, so that its output is.
  public static let dryRun = RunID(description: "dry-run")

  private init(description: String) { self.description = description }

  /// A new name: 16 hexadecimal digits.
  public static func random() -> RunID {
    var generator = SystemRandomNumberGenerator()
    let digits = String(generator.next() as UInt64, radix: 16)
    return RunID(description: String(repeating: "0", count: 16 - digits.count) + digits)
  }

  /// `dm-2f1a0c93b7de-RUN-1`: from bundle, run and the message's number in it.
  ///
  /// - Parameter bundle: The bundle's SHA-256; nil for a folder.
  func customID(bundle: String?, number: Int) -> String {
    "dm-\(bundle.map { String($0.prefix(12)) } ?? "folder")-\(self)-\(number)"
  }
}
