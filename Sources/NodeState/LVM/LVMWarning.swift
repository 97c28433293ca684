/// One line of LVM's standard error output.
public struct LVMWarning: Hashable, Sendable {
  public let text: String
  public init(text: String) { self.text = text }
}
