import BundleFormat
import Glibc
import Spawn
import TestSupport

/// A mail service on this machine, played by `server.py`: it answers what a test wants.
public final class MailServer {
  public let port: Int
  private let pool = ProgramPool()
  private let folder = TemporaryFolder()

  /// What the service is.
  public enum Kind: Sendable {
    case http
    /// With a certificate of ``TestAuthority``.
    case https(TestAuthority.Host)
    /// Passes connections on to a port, whatever host is asked for.
    case proxy(to: Int)
    /// Takes connections and says nothing.
    case mute
  }

  /// Starts the service, and waits until it listens.
  ///
  /// - Parameter answers: The names of `server.py`'s answers, each for one request, the last for the rest.
  public init(_ answers: String..., kind: Kind = .http) {
    var arguments = [
      "python3", "\(Self.directory)/server.py", "--plan", answers.joined(separator: " "),
      "--log", "\(folder.path)/log", "--ready", "\(folder.path)/port",
    ]
    switch kind {
    case .http: break
    case .https(let host):
      arguments += ["--certificate", TestAuthority.shared.certificate(of: host)]
    case .proxy(let target): arguments += ["--proxy", "--target", "\(target)"]
    case .mute: arguments.append("--mute")
    }
    let command = Command(
      executable: Self.tool("python3") ?? "", arguments: arguments,
      environment: ["PATH=/usr/bin:/bin"], timeoutSeconds: 150)
    do {
      _ = try pool.start(command)
    } catch {
      fatalError("\(error)")
    }
    for _ in 0..<1000 {
      if let port = Int(TestFiles.text(of: "\(folder.path)/port")) {
        self.port = port
        return
      }
      usleep(10_000)
    }
    fatalError("the mail server does not start")
  }

  deinit {
    pool.cancelAll()
    _ = pool.next()
  }

  /// What it was sent so far, in order.
  public var requests: [JSONValue] {
    TestFiles.text(of: "\(folder.path)/log").split(separator: "\n").compactMap {
      try? JSONValue(parsing: Array($0.utf8))
    }
  }

  /// Whether the tests with a server can run here.
  public static var isAvailable: Bool {
    ["python3", "openssl", "curl"].allSatisfy { tool($0) != nil }
  }

  /// A program of the system; nil when it is not installed.
  public static func tool(_ name: String) -> String? {
    ["/usr/bin", "/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  private static let directory = TestFiles.packageRoot + "/Tests/MailServer"
}
