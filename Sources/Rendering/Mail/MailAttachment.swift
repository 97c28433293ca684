/// A file that comes with a mail.
public struct MailAttachment: Hashable, Sendable {
  public let name: String
  public let contentType: String
  public let bytes: [UInt8]

  public init(name: String, contentType: String, bytes: [UInt8]) {
    self.name = name
    self.contentType = contentType
    self.bytes = bytes
  }
}
