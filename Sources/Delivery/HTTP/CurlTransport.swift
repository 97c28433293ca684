import Spawn

/// Posts through the `curl` of the system.
public struct CurlTransport: Transport {
  /// What curl takes from our environment: the way to the network, and what it trusts. Not the keys.
  private static let inherited: Set<String> = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
  ]

  private let program: String
  private let endpoint: Endpoint
  private let authorityFile: String?
  private let environment: [String]
  private let limits: Limits

  /// How long a request may take, and how long its answer may be.
  public struct Limits: Hashable, Sendable {
    public var connectSeconds = 15
    public var totalSeconds = 60
    public var answerBytes = 1 << 20
    public init() {}
  }

  /// - Throws: ``DeliveryError/noClient(_:)`` when the search path has no curl.
  public init(
    settings: MailSettings, environment: [String: String], limits: Limits = Limits()
  ) throws(DeliveryError) {
    let path = SearchPath(environment["PATH"])
    do throws(SpawnError) {
      program = try path.resolve("curl")
    } catch {
      throw .noClient(error)
    }
    endpoint = settings.endpoint
    authorityFile = settings.authorityFile
    self.environment =
      ["PATH=\(path.text)"]
      + environment.filter { Self.inherited.contains($0.key) }.map { "\($0.key)=\($0.value)" }
      .sorted()
    self.limits = limits
  }

  public func post(
    _ body: [UInt8], credentials: String, idempotencyKey: String
  ) throws(DeliveryError) -> Transfer {
    let options = CurlOptions(
      endpoint: endpoint, authorityFile: authorityFile, credentials: credentials,
      idempotencyKey: idempotencyKey, limits: limits)
    do throws(SpawnError) {
      let input = try MemoryFile(holding: Array(options.text.utf8))
      let content = try MemoryFile(holding: body)
      let result = try withExtendedLifetime((input, content)) { () throws(SpawnError) in
        try ProgramPool.run(command(reading: [input.descriptor, content.descriptor]))
      }
      return CurlResult(result, bodyBytes: body.count, limits: limits).transfer
    } catch {
      throw .noClient(error)
    }
  }

  private func command(reading inputs: [Int32]) -> Command {
    // -q comes first: no ~/.curlrc changes what is said here.
    Command(
      executable: program, arguments: ["curl", "-q", "--config", "-"], environment: environment,
      timeoutSeconds: Double(limits.totalSeconds) + 5, outputLimitBytes: limits.answerBytes,
      errorLimitBytes: 65_536, inputs: inputs)
  }
}
