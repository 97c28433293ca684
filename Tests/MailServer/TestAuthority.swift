import Glibc
import Spawn
import TestSupport

/// A certificate authority of this run of the tests, and the certificates that it gave.
public final class TestAuthority: Sendable {
  /// Whom a certificate is for.
  public enum Host: String, CaseIterable, Sendable {
    /// `localhost`, `127.0.0.1` and `mail.test`.
    case here
    /// `elsewhere.test` alone.
    case elsewhere
  }

  public static let shared = TestAuthority()

  private let folder = TemporaryFolder()

  /// The authority's own certificate.
  public var file: String { "\(folder.path)/ca.pem" }

  /// A file with key and certificate.
  func certificate(of host: Host) -> String { "\(folder.path)/\(host.rawValue).pem" }

  private init() {
    let path = folder.path
    let names = [
      Host.here: "DNS:localhost,IP:127.0.0.1,DNS:mail.test", .elsewhere: "DNS:elsewhere.test",
    ]
    var script = """
      set -e
      cd "$1"
      key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
      key ca
      openssl req -x509 -new -key ca.key -days 2 -subj "/CN=dmtools test authority" -out ca.pem

      """
    for host in Host.allCases {
      script += """
        key \(host.rawValue)
        printf 'subjectAltName=%s\\n' '\(names[host] ?? "")' >extensions
        openssl req -new -key \(host.rawValue).key -subj "/CN=\(host.rawValue)" -out request
        openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
        -extfile extensions -out \(host.rawValue).crt
        cat \(host.rawValue).key \(host.rawValue).crt >\(host.rawValue).pem

        """
    }
    let command = Command(
      executable: "/bin/sh", arguments: ["sh", "-c", script, "sh", path],
      environment: ["PATH=/usr/bin:/bin", "HOME=\(path)"], timeoutSeconds: 60)
    guard let result = try? ProgramPool.run(command), result.exitCode == 0 else {
      fatalError("openssl made no certificates")
    }
    TemporaryFolder.removeAtExit(path)
  }
}
