import Rendering

/// One mail on its way to the service.
public struct MailMessage: Sendable {
  public let sender: MailAddress
  /// Never empty.
  public let to: [MailAddress]
  public let cc: [MailAddress]
  public let bcc: [MailAddress]
  public let replyTo: MailAddress?
  public let subject: String
  public let text: String
  public let html: String
  public let attachments: [MailAttachment]
  /// By which the service finds the message again.
  public let customID: String

  /// Makes one message for each recipient list.
  ///
  /// - Parameters:
  ///   - number: How many messages of the run stand before these.
  ///   - run: The run that sends them.
  public static func messages(
    of mail: RenderedMail, settings: MailSettings, run: RunID, after number: Int = 0
  ) -> [MailMessage] {
    settings.recipientLists.enumerated().map { position, list in
      MailMessage(
        sender: settings.sender, to: list, cc: settings.cc, bcc: settings.bcc,
        replyTo: settings.replyTo, subject: mail.subject, text: mail.text, html: mail.html,
        attachments: mail.attachments,
        customID: run.customID(bundle: mail.bundle, number: number + position + 1))
    }
  }

  /// How many get it.
  var recipientCount: Int { to.count + cc.count + bcc.count }

  /// About how many bytes of the request it is.
  var sizeBytes: Int {
    attachments.reduce(2 * (text.utf8.count + html.utf8.count)) {
      $0 + Base64.count(of: $1.bytes.count)
    }
  }
}
