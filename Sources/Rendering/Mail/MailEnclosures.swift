/// What is attached, and the sentences that say so: nothing is left out in silence.
public struct MailEnclosures: Sendable {
  /// All attachments of a message, as Base64. Source: Mailjet's Send API, 15 MB.
  static let mostEncodedBytes = 15_000_000
  /// From this size on a page is compressed; below, it opens with one click.
  static let compressedFromBytes = 1_000_000

  public let attachments: [MailAttachment]
  /// One sentence a file.
  public let notes: [String]

  /// Attaches a node's page, and its script if there is one.
  ///
  /// - Parameters:
  ///   - page: The full HTML report.
  ///   - script: The cleanup script; nil where none is wanted.
  ///   - name: The files' name without its ending.
  ///   - compress: Makes a gzip file of bytes; nil when it can't.
  public init(
    page: [UInt8], script: [UInt8]?, name: String, compressing compress: ([UInt8]) -> [UInt8]?
  ) {
    var attachments: [MailAttachment] = []
    var notes: [String] = []
    var room = Self.mostEncodedBytes
    func attach(_ attachment: MailAttachment) -> Bool {
      let size = (attachment.bytes.count + 2) / 3 * 4
      guard size <= room else { return false }
      room -= size
      attachments.append(attachment)
      return true
    }
    // The script goes first: whoever asks for it needs it more than a page that he can make again.
    if let script {
      let file = MailAttachment(
        name: ReportName.script(beside: name), contentType: "text/x-shellscript", bytes: script)
      notes.append(
        attach(file)
          ? "The cleanup script is attached: \(file.name). Without options it only checks."
          : "The cleanup script is not attached: with \(Self.megabytes(script.count)) it is above "
            + "the limit of a mail. dmanalyze script BUNDLE writes it.")
    }
    notes.append(Self.attach(page, name, compress, attach))
    self.attachments = attachments
    self.notes = notes
  }

  /// Attaches the page, compressed where it is large, and returns the sentence about it.
  private static func attach(
    _ page: [UInt8], _ name: String, _ compress: ([UInt8]) -> [UInt8]?,
    _ attach: (MailAttachment) -> Bool
  ) -> String {
    let plain = MailAttachment(name: "\(name).html", contentType: "text/html", bytes: page)
    if page.count < compressedFromBytes, attach(plain) {
      return "The full report is attached: \(plain.name). It needs no network."
    }
    if let bytes = compress(page) {
      let file = MailAttachment(
        name: "\(name).html.gz", contentType: "application/gzip", bytes: bytes)
      if attach(file) {
        return "The full report is attached, compressed: \(file.name), "
          + "\(megabytes(page.count)) once gunzip has unpacked it."
      }
    } else if attach(plain) {
      return "The full report is attached: \(plain.name). It needs no network."
    }
    return "The full report is not attached: with \(megabytes(page.count)) it is above the limit "
      + "of a mail, compressed, too. dmanalyze BUNDLE -o DIR writes it."
  }

  /// `12.3 MB`.
  private static func megabytes(_ count: Int) -> String {
    let tenths = (count + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
