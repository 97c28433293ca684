import Analysis
import BundleFormat
import BundleReader
import CFuzzer
import Glibc
import NodeState
import Rendering

/// What made-up bytes are fed to.
struct FuzzTarget {
  /// Set once, before the first bytes come.
  nonisolated(unsafe) static var chosen: FuzzTarget?

  private let part: Part

  private enum Part {
    /// The bytes are a bundle.
    case archive
    /// The bytes are an ignore file, for a node that has findings.
    case ignoreFile(Inventory)
    /// The bytes are a source's answer, in the place of a real node's.
    case source(SourceID, NodeBundle)
  }

  init(name: String, bundle path: String) {
    guard let bundle = try? NodeBundle(reading: .path(path)) else {
      fatalError("no bundle: \(path)")
    }
    switch name {
    case "archive": part = .archive
    case "ignore-file": part = .ignoreFile(.joining(NodeSnapshot(reading: bundle)))
    default:
      guard let source = SourceID(rawValue: name) else { fatalError("no target: \(name)") }
      part = .source(source, bundle)
    }
  }

  func run(_ bytes: [UInt8]) {
    switch part {
    case .archive: Self.read(bytes)
    case .ignoreFile(let inventory): Self.ignore(bytes, inventory)
    case .source(let source, let bundle): Self.judge(bundle.answering(source, with: bytes))
    }
  }

  private static func read(_ bytes: [UInt8]) {
    let descriptor = memfd_create("bundle", 0)
    guard descriptor >= 0 else { fatalError("no memory file") }
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard let bundle = try? NodeBundle(reading: .path("/proc/self/fd/\(descriptor)")) else {
      return
    }
    judge(bundle)
  }

  private static func ignore(_ bytes: [UInt8], _ inventory: Inventory) {
    guard let list = try? IgnoreList(parsing: String(decoding: bytes, as: UTF8.self)) else {
      return
    }
    let plain = Assessment(of: inventory.snapshot)
    let ignoring = Assessment(of: inventory.snapshot, ignoring: list)
    precondition(
      plain.findings.count == ignoring.findings.count, "an ignored finding stays visible")
    precondition(
      plain.plan.phase1.count == ignoring.plan.phase1.count
        && plain.plan.phase2.count == ignoring.plan.phase2.count, "ignoring changes no plan")
  }

  /// Judges and renders, and checks what holds for every node.
  private static func judge(_ bundle: NodeBundle) {
    let assessment = Assessment(of: NodeSnapshot(reading: bundle), comparing: true)
    precondition(assessment.verdicts.count == assessment.inventory.mappings.count)
    var open: Set<String> = []
    for facts in assessment.inventory.mappings where facts.ownOpenCount > 0 {
      open.insert(facts.mapping.name)
    }
    for step in assessment.plan.phase1 + assessment.plan.phase2 {
      precondition(!open.contains(step.mapping), "an open mapping is in no step")
    }
    var json = JSONScanner(AssessmentJSON(assessment).bytes)
    do { try json.skipValue() } catch { preconditionFailure("no JSON: \(error)") }
    for byte in TextReport(assessment, colored: false).text.utf8 {
      precondition(byte >= 0x20 || byte == 0x0A, "a control character reaches the terminal")
    }
    if let script = CleanupScript(assessment) {
      precondition(!script.text.utf8.contains(0), "a script has no zero bytes")
    }
  }
}

extension NodeBundle {
  /// The bundle with all answers of one source replaced; their hashes are taken for right.
  fileprivate func answering(_ source: SourceID, with bytes: [UInt8]) -> NodeBundle {
    NodeBundle(
      manifest: manifest, finishedAt: finishedAt,
      entries: entries.map { entry in
        guard entry.result.planned.id == source.rawValue else { return entry }
        var result = entry.result
        result.status = .collected
        result.exitCode = result.planned.kind == .command ? 0 : nil
        return BundleEntry(result: result, content: bytes, isIntact: true)
      }, sha256: sha256, source: self.source)
  }
}
