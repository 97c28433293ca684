import Analysis
import BundleFormat
import Delivery
import Rendering
import Spawn

/// Renders assessments as mails, and sends them when all are there.
struct MailDispatch {
  private let options: MailOptions
  private let run: RunID
  private var mails: [(node: String, mail: RenderedMail)] = []

  /// - Parameter run: ``RunID/dryRun`` for one that only shows.
  init(_ options: MailOptions, run: RunID = .random()) {
    self.options = options
    self.run = run
  }

  var isEmpty: Bool { mails.isEmpty }

  /// Renders one node's mail.
  ///
  /// - Parameter name: What the attached files are called, without their endings.
  mutating func add(_ assessment: Assessment, named name: String) {
    let script =
      options.attachScript ? CleanupScript(assessment).map { Array($0.text.utf8) } : nil
    let enclosures = MailEnclosures(
      page: ReportPage(assessment).bytes, script: script, name: name,
      compressing: Gzip.compressing)
    mails.append((assessment.inventory.nodeName, RenderedMail(assessment, enclosures: enclosures)))
  }

  /// Prints the requests and sends nothing.
  ///
  /// - Throws: ``DeliveryError`` for settings that are missing or wrong; the keys are not among them.
  /// - Returns: False when the output could not be written.
  func preview() throws(DeliveryError) -> Bool {
    let variables = try variables()
    let settings = try MailSettings(options.request, variables: variables)
    let messages = messages(settings)
    let chunks = Mailjet.chunks(of: messages)
    for chunk in chunks {
      let request = MailjetRequest(Array(messages[chunk]), mode: mode)
      guard Console.print(request.preview) else { return false }
    }
    let count = chunks.count == 1 ? "1 request" : "\(chunks.count) requests"
    Console.warn("dmanalyze: \(count) to \(settings.endpoint); nothing was sent")
    return true
  }

  /// Sends the mails; false, with sentences on standard error, unless every message was taken.
  ///
  /// - Parameter report: Gets one line for each message that was taken.
  /// - Throws: ``DeliveryError`` when nothing could be handed to the service.
  func send(report: (String) -> Void) throws(DeliveryError) -> Bool {
    let environment = Environment.variables
    let variables = try variables(environment)
    let settings = try MailSettings(options.request, variables: variables)
    let keys = try variables.keys()
    let transport = try CurlTransport(settings: settings, environment: environment)
    let service = Mailjet(keys: keys, mode: mode, transport: transport)
    // The client has a session of its own, and would go on without us.
    Termination.endOnSignals(
      saying: "dmanalyze: interrupted: the mail may have been sent\n",
      status: ExitStatus.notDelivered.rawValue)
    let messages = messages(settings)
    let outcomes = service.send(messages) { words in
      Console.warn("dmanalyze: mail: \(TerminalText.escaped(words)); trying again")
    }
    return tell(outcomes, of: messages, report)
  }

  private var mode: SendingMode { options.sandbox ? .sandbox : .live }

  private func variables(
    _ environment: [String: String] = Environment.variables
  ) throws(DeliveryError) -> MailVariables {
    try MailVariables(environment: environment, file: options.mailSettings)
  }

  private func messages(_ settings: MailSettings) -> [MailMessage] {
    var messages: [MailMessage] = []
    for (_, mail) in mails {
      messages += MailMessage.messages(
        of: mail, settings: settings, run: run, after: messages.count)
    }
    return messages
  }

  private func tell(
    _ outcomes: [MessageOutcome], of messages: [MailMessage], _ report: (String) -> Void
  ) -> Bool {
    var isDelivered = true
    for (position, (message, outcome)) in zip(messages, outcomes).enumerated() {
      // Each mail has as many messages as there are recipient lists.
      let node = mails[position * mails.count / messages.count].node
      let receivers = message.to.map(\.email).joined(separator: ", ")
      let subject = "\(node) to \(receivers)"
      switch outcome {
      case .accepted(let receipts):
        let ids = receipts.compactMap(\.messageID)
        let what = options.sandbox ? "checked and not sent (sandbox)" : "sent"
        let known = ids.isEmpty ? "" : "message \(ids.joined(separator: ", ")), "
        report(TerminalText.escaped("mail: \(subject): \(what) (\(known)\(message.customID))"))
      case .rejected(let words, _):
        isDelivered = false
        Console.warn(
          TerminalText.escaped("dmanalyze: mail: \(subject): not sent: \(Self.cut(words))"))
      case .uncertain(let words):
        isDelivered = false
        Console.warn(
          TerminalText.escaped(
            "dmanalyze: mail: \(subject): may have been sent (look for CustomID "
              + "\(message.customID)): \(Self.cut(words))"))
      }
    }
    return isDelivered
  }

  private static func cut(_ words: String) -> String {
    words.count <= 600 ? words : String(words.prefix(599)) + "…"
  }
}
