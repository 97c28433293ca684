import Glibc

/// From whom, to whom, and through which service.
public struct MailSettings: Sendable {
  /// Of one message, To, Cc and Bcc together. Source: Mailjet's documentation and staff.
  public static let mostRecipients = 50

  public let sender: MailAddress
  /// Each list gets a message of its own.
  public let recipientLists: [[MailAddress]]
  /// Get a copy of every message.
  public let cc: [MailAddress]
  public let bcc: [MailAddress]
  public let replyTo: MailAddress?
  public let endpoint: Endpoint
  /// Certificates to trust instead of the system's; absolute.
  public let authorityFile: String?

  /// What the command line says; nil or empty where it leaves a setting to the variables.
  public struct Request: Sendable {
    public var from: String?
    public var to: [String] = []
    public var cc: [String] = []
    public var bcc: [String] = []
    public var replyTo: String?
    public var endpoint: String?
    public var authorityFile: String?
    public init() {}
  }

  /// Joins options and variables; an option replaces its variable.
  ///
  /// - Throws: ``DeliveryError`` for what is missing or can't be read.
  public init(_ request: Request, variables: MailVariables) throws(DeliveryError) {
    guard let from = request.from ?? variables[.from] else {
      throw .missing(what: "sender", variable: "DM_MAIL_FROM", option: "--from")
    }
    sender = try MailAddress(parsing: from)
    var lists: [[MailAddress]] = []
    for text in request.to.isEmpty ? [variables[.to] ?? ""] : request.to {
      lists += try MailAddress.lists(parsing: text)
    }
    guard !lists.isEmpty else {
      throw .missing(what: "recipient", variable: "DM_MAIL_TO", option: "--to")
    }
    recipientLists = lists
    cc = try Self.addresses(request.cc, variables[.cc])
    bcc = try Self.addresses(request.bcc, variables[.bcc])
    let reply = request.replyTo ?? variables[.replyTo]
    replyTo = if let reply { try MailAddress(parsing: reply) } else { nil }
    let url = request.endpoint ?? variables[.endpoint]
    endpoint = if let url { try Endpoint(parsing: url) } else { .mailjet }
    authorityFile = try Self.absolutePath(request.authorityFile ?? variables[.authorityFile])
    for list in lists where list.count + cc.count + bcc.count > Self.mostRecipients {
      throw .tooManyRecipients(count: list.count + cc.count + bcc.count)
    }
  }

  private static func addresses(
    _ options: [String], _ variable: String?
  ) throws(DeliveryError) -> [MailAddress] {
    var addresses: [MailAddress] = []
    for text in options.isEmpty ? [variable ?? ""] : options {
      addresses += try MailAddress.list(parsing: text)
    }
    return addresses
  }

  /// The client runs in another folder, so the path must not depend on ours.
  private static func absolutePath(_ path: String?) throws(DeliveryError) -> String? {
    guard let path else { return nil }
    guard let resolved = realpath(path, nil) else {
      throw .invalidFile(path: path, errorNumber: errno)
    }
    defer { free(resolved) }
    guard access(resolved, R_OK) == 0 else { throw .invalidFile(path: path, errorNumber: errno) }
    return String(cString: resolved)
  }
}
