import Spawn

/// Why nothing could be handed to the mail service.
public enum DeliveryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The settings file could not be read. The number is an `errno`.
  case unreadableSettings(path: String, errorNumber: Int32)
  /// The settings file is a folder, a device or another user's.
  case untrustedSettings(path: String, why: String)
  /// The group or others may read the settings file.
  case exposedSettings(path: String, mode: UInt32)
  /// A line of the settings file that systemd would not understand either.
  case malformedSettings(path: String, line: Int, why: String)
  /// Neither option, environment nor settings file say it.
  case missing(what: String, variable: String, option: String?)
  case invalidKey(variable: String)
  case invalidAddress(text: String, why: String)
  case invalidEndpoint(text: String, why: String)
  case invalidFile(path: String, errorNumber: Int32)
  case tooManyRecipients(count: Int)
  case noClient(SpawnError)

  /// Whether whoever started the program can mend it by other settings.
  public var isOfSettings: Bool {
    switch self {
    case .unreadableSettings, .untrustedSettings, .exposedSettings, .malformedSettings, .missing,
      .invalidKey, .invalidAddress, .invalidEndpoint, .invalidFile, .tooManyRecipients:
      true
    case .noClient: false
    }
  }

  public var description: String {
    switch self {
    case .unreadableSettings(let path, let errorNumber), .invalidFile(let path, let errorNumber):
      "\(path): \(ErrorText.of(errorNumber))"
    case .untrustedSettings(let path, let why): "\(path) \(why)"
    case .exposedSettings(let path, let mode):
      "\(path) has mode 0\(String(mode, radix: 8)): the keys in it are others' to read; chmod 600 it"
    case .malformedSettings(let path, let line, let why): "\(path):\(line): \(why)"
    case .missing(let what, let variable, let option):
      "no \(what): set \(variable)" + (option.map { " or give \($0)" } ?? "")
    case .invalidKey(let variable):
      "\(variable) is no key: 1 to 128 printable ASCII characters, without blanks, quotes, backslashes and colons"
    case .invalidAddress(let text, let why): "\(text) is no mail address: \(why)"
    case .invalidEndpoint(let text, let why): "\(text) can't be the endpoint: \(why)"
    case .tooManyRecipients(let count):
      "\(count) recipients of one message, with Cc and Bcc: Mailjet takes \(MailSettings.mostRecipients)"
    case .noClient(let error):
      error.isNotInstalled
        ? "curl sends the mail, and it is not installed (apt-get install curl)" : "\(error)"
    }
  }
}
