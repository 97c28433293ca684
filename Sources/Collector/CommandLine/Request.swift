import BundleFormat

/// What a command line asks for.
public enum Request: Hashable, Sendable {
  case collect(Settings)
  case list(Settings)
  case dryRun(Settings)
  case version
  case help

  /// Reads a command line, the program's name left out.
  ///
  /// Options may be written `--keep 3`, `--keep=3`, `-o FILE` and `-oFILE`.
  ///
  /// - Throws: ``UsageError``.
  public init(_ arguments: [String]) throws(UsageError) {
    var reader = ArgumentReader(arguments)
    var settings = Settings()
    var wanted: [String] = []
    while let option = reader.next() {
      switch option {
      case "-o", "--output": settings.output = Self.output(try reader.value())
      case "--format": settings.format = try reader.choice("zst, gz or tar")
      case "--timeout": settings.timeoutSeconds = try reader.seconds()
      case "--deadline": settings.deadlineSeconds = try reader.seconds()
      case "--max-bytes": settings.maxBytes = try reader.bytes()
      case "--redact": settings.redaction = try reader.choice("standard or strict")
      case "--root": settings.root = try reader.folder()
      case "--only": settings.only = try reader.sources().union(settings.only ?? [])
      case "--skip": settings.skip.formUnion(try reader.sources())
      case "--keep": settings.keep = try reader.count()
      case "-q", "--quiet": try settings.say(.quiet)
      case "-v", "--verbose": try settings.say(.verbose)
      case "--list", "--dry-run", "--version", "--help", "-h": wanted.append(option)
      default:
        throw option.hasPrefix("-") && option != "-"
          ? .unknownOption(option) : .unexpectedArgument(option)
      }
      try reader.finishOption()
    }
    if settings.keep != nil {
      guard case .folder = settings.output else {
        throw .conflict("--keep needs a folder: -o DIR")
      }
    }
    switch wanted.first {
    case "--help", "-h": self = .help
    case "--version": self = .version
    case "--list": self = .list(settings)
    case "--dry-run": self = .dryRun(settings)
    default: self = .collect(settings)
    }
  }

  private static func output(_ value: String) -> Settings.Output {
    if value == "-" { return .standardOutput }
    return value.hasSuffix("/") || Root("/").isFolder(value) ? .folder(value) : .file(value)
  }
}

extension Settings {
  /// Sets how much is said; it can't be less and more at once.
  fileprivate mutating func say(_ wanted: Verbosity) throws(UsageError) {
    guard verbosity == .normal || verbosity == wanted else {
      throw .conflict("-q and -v contradict each other")
    }
    verbosity = wanted
  }
}
