import Analysis
import BundleFormat
import NodeState

/// An assessment as a mail: what a mail program shows, and what comes with it.
public struct RenderedMail: Sendable {
  /// One line of ASCII, at most 255 characters.
  public let subject: String
  /// The text part, with the same facts as ``html``.
  public let text: String
  /// The HTML part: at most ``MailPage/mostBytes``.
  public let html: String
  public let attachments: [MailAttachment]
  /// SHA-256 of the bundle; nil for a folder.
  public let bundle: String?

  public init(_ assessment: Assessment, enclosures: MailEnclosures) {
    let facts = MailFacts(assessment, notes: enclosures.notes)
    subject = facts.subject
    text = MailText(facts).text
    html = MailPage(facts).html
    attachments = enclosures.attachments
    bundle = assessment.snapshot.bundle.sha256
  }
}
