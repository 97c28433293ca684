/// Settings by name: the environment, and below it the settings file.
public struct MailVariables: Sendable {
  /// The names that may stand in either.
  public enum Name: String, CaseIterable, Sendable {
    case publicKey = "MJ_APIKEY_PUBLIC"
    case privateKey = "MJ_APIKEY_PRIVATE"
    case from = "DM_MAIL_FROM"
    case to = "DM_MAIL_TO"
    case cc = "DM_MAIL_CC"
    case bcc = "DM_MAIL_BCC"
    case replyTo = "DM_MAIL_REPLY_TO"
    case endpoint = "DM_MAIL_ENDPOINT"
    case authorityFile = "DM_MAIL_CA_FILE"
  }

  /// Names the settings file; only the environment has it.
  public static let fileVariable = "DM_MAIL_SETTINGS"

  private let environment: [String: String]
  private let file: [String: String]

  /// Reads the settings file, if there is one.
  ///
  /// - Parameters:
  ///   - environment: The program's environment.
  ///   - path: The settings file; nil for the one that the environment names, if it does.
  /// - Throws: ``DeliveryError`` when a named file can't be read or trusted.
  public init(environment: [String: String], file path: String?) throws(DeliveryError) {
    self.environment = environment
    let named = path ?? environment[Self.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
    file = if let named { try SettingsFile.variables(in: named) } else { [:] }
  }

  /// A setting; the environment counts before the file, and an empty one is none.
  public subscript(name: Name) -> String? {
    for source in [environment, file] {
      if let value = source[name.rawValue], !value.isEmpty { return value }
    }
    return nil
  }

  /// The keys, both from the same place: a pair from two places is two halves of different ones.
  ///
  /// - Throws: ``DeliveryError/missing(what:variable:option:)`` or ``DeliveryError/invalidKey(variable:)``.
  public func keys() throws(DeliveryError) -> MailjetKeys {
    let names = [Name.publicKey.rawValue, Name.privateKey.rawValue]
    let hasOwn = names.contains { !(environment[$0] ?? "").isEmpty }
    let source = hasOwn ? environment : file
    for name in names where (source[name] ?? "").isEmpty {
      throw .missing(what: "API key", variable: name, option: nil)
    }
    return try MailjetKeys(
      publicKey: source[names[0]] ?? "", privateKey: source[names[1]] ?? "")
  }
}
