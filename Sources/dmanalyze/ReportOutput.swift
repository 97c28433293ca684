import Analysis
import BundleFormat
import Glibc
import NodeState
import Rendering

/// Where reports go: standard output, or files in a folder.
struct ReportOutput {
  private let folder: String?
  private let formats: [ReportFormat]
  private let isColored: Bool
  private let isSingle: Bool
  /// Assessments that one document on standard output will hold.
  private var collected: [Assessment] = []
  /// Reports that wait for their names: two bundles of one node each bear their time.
  private var files: [NodeFiles] = []
  private var count = 0

  private struct NodeFiles {
    let name: String
    let collectedAt: Timestamp
    /// Of the bundle; nil for a folder.
    let sha256: String?
    let reports: [(format: ReportFormat, bytes: [UInt8])]
    /// Nil when the plan has no step.
    let script: [UInt8]?
    /// The old script's policy plans nothing, and so says nothing of a script that is there.
    let saysNothingOfScripts: Bool
  }

  /// - Parameter bundles: How many bundles were named: several make one document, whichever can be read.
  init(folder: String?, formats: [ReportFormat], bundles: Int, isColored: Bool) {
    isSingle = bundles == 1
    self.folder = folder
    var named: [ReportFormat] = []
    for format in formats where !named.contains(format) { named.append(format) }
    self.formats = named.isEmpty ? (folder == nil ? [.text] : [.html, .json]) : named
    self.isColored = isColored
  }

  /// Prints one assessment, or keeps its reports for ``finish()``; false when printing failed.
  mutating func add(_ assessment: Assessment) -> Bool {
    count += 1
    if folder != nil {
      files.append(
        NodeFiles(
          name: ReportName.of(assessment),
          collectedAt: assessment.snapshot.bundle.manifest.collectedAt,
          sha256: assessment.snapshot.bundle.sha256,
          reports: formats.map { ($0, $0.bytes(of: [assessment])) },
          script: CleanupScript(assessment).map { Array($0.text.utf8) },
          saysNothingOfScripts: assessment.policy == .v27))
      return true
    }
    if formats[0].isOneDocument {
      collected.append(assessment)
      return true
    }
    let separator = count > 1 ? "\n" : ""
    guard formats[0] == .text else {
      return Console.print(Array(separator.utf8) + formats[0].bytes(of: [assessment]))
    }
    let report = TextReport(assessment, colored: isColored, width: Console.width)
    return Console.print(separator + report.text)
  }

  /// Prints or writes what waited for the last assessment; false when that failed.
  func finish() -> Bool {
    if let folder { return files.isEmpty || write(into: folder) }
    guard let first = collected.first else { return true }
    switch formats[0] {
    case .json where isSingle: return AssessmentJSON(first).write(to: Console.print)
    case .json: return Console.print(AssessmentJSON.bytes(of: collected.map { AssessmentJSON($0) }))
    default: return Console.print(formats[0].bytes(of: collected))
    }
  }

  private func write(into folder: String) -> Bool {
    guard FileOutput.makeFolder(folder) else { return false }
    let start = folder.hasSuffix("/") ? folder : "\(folder)/"
    let uses = Dictionary(grouping: files, by: \.name).mapValues(\.count)
    var taken: Set<String> = []
    var isWritten = true
    for node in files {
      var name = node.name
      if uses[name] != 1 { name += "-\(node.collectedAt.compact)" }
      if taken.contains(name), let sha256 = node.sha256 { name += "-\(sha256.prefix(12))" }
      let stem = name
      var number = 1
      while !taken.insert(name).inserted {
        number += 1
        name = "\(stem)-\(number)"
      }
      for report in node.reports {
        let path = "\(start)\(name).\(report.format.fileExtension)"
        let isRenamed = report.format == .html && name != node.name
        let bytes =
          isRenamed ? ReportName.html(report.bytes, of: node.name, renamed: name) : report.bytes
        isWritten = FileOutput.write(bytes, to: path) && print(path) && isWritten
      }
      let path = "\(start)\(ReportName.script(beside: name))"
      if let script = node.script {
        isWritten = FileOutput.write(script, to: path) && print(path) && isWritten
      } else if !node.saysNothingOfScripts {
        // An older plan's steps are not this report's.
        isWritten =
          FileOutput.remove(
            path, beginning: CleanupScript.beginning, because: "this report has no step")
          && isWritten
      }
    }
    return isWritten
  }

  /// Prints a file's path, of which the operator named the folder.
  private func print(_ path: String) -> Bool { Console.print(TerminalText.escaped(path) + "\n") }
}
